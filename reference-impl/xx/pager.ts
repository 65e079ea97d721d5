import type { Pager } from './context.ts';
import { settleInTime } from './paging.ts';
import { abandon, endTransfer, forgetTransfer } from './transfer.ts';

/** Carries out paging that takes time as the reference does. */
export const referencePager: Pager = {
  settle: settleInTime,
  end: endTransfer,
  abandon,
  forget: forgetTransfer,
};
