/** The colours of strokes as pictures have them, on white; the style has others for each scheme. */
const KNOWN = /^#[0-9a-f]{6}$/;

/** The colour of a stroke in the scheme of the page, for a style. */
export function strokeOf(colour: string): string {
  return KNOWN.test(colour) ? `var(--stroke-${colour.slice(1)}, ${colour})` : colour;
}

/** The colours of the style now, as a canvas needs them. */
export function coloursNow(element: Element): {
  faint: string;
  line: string;
  strokeOf(colour: string): string;
} {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    faint: of('faint'),
    line: of('line'),
    strokeOf: (colour) => of(`stroke-${colour.slice(1)}`) || colour,
  };
}
