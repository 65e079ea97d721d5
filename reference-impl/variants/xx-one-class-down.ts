import { variantOf } from './variant.ts';

/** A page that is degraded still goes before background work, if there is a class between the two. */
export const xxOneClassDown = variantOf(
  'xx-one-class-down',
  'XX in which a tenant ahead of its budget is served one class lower, and not in the lowest',
  () => ({ degradedClass: (askedClass) => Math.max(0, askedClass - 1) }),
);
