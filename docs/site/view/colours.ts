/** The colours of the style, as a canvas needs them. */
export interface Colours {
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly accent: string;
  readonly wrong: string;
  readonly differs: string;
  readonly resident: string;
  readonly antagonist: string;
  readonly swapped: string;
  readonly onBar: string;
  /** Of the price classes, the cheapest first. */
  readonly classes: readonly string[];
}

const CLASSES = 6;

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: of('ground'),
    panel: of('panel'),
    ink: of('ink'),
    faint: of('faint'),
    line: of('line'),
    accent: of('accent'),
    wrong: of('wrong'),
    differs: of('differs'),
    resident: of('resident'),
    antagonist: of('antagonist'),
    swapped: of('swapped'),
    onBar: of('on-bar'),
    classes: Array.from({ length: CLASSES }, (_, index) => of(`class-${index}`)),
  };
}

/** The colour of a price class: those of a cluster are spread over all there are, from the cheapest to the dearest. */
export function classColour(priceClass: number, count: number): number {
  if (count <= 1) return CLASSES - 2;
  return Math.round((Math.min(priceClass, count - 1) * (CLASSES - 1)) / (count - 1));
}
