import type { SizeCell } from './sizes.ts';

/** Closed forms of M/G/1 queues that go by the size of a job or by what is done of it. Times in ms, rates a ms. */

/** A size, how many jobs have it, and their mean time in the system. */
export interface ResponseOfSize {
  readonly sizeMs: number;
  readonly part: number;
  readonly responseMs: number;
}

/**
 * M/G/1 under least attained service (foreground-background): the mean time in the system by size,
 * T(x) = x/(1 − ρₓ) + λ E[min(S, x)²] / (2 (1 − ρₓ)²) with ρₓ = λ E[min(S, x)] (Schrage 1967; Kleinrock 1976, volume 2,
 * section 4.6).
 */
export function leastAttained(sizes: readonly SizeCell[], perMs: number): ResponseOfSize[] {
  let mean = 0;
  let second = 0;
  let larger = 1;
  return sizes.map(({ fromMs, toMs, part }) => {
    const sizeMs = (fromMs + toMs) / 2;
    const loadBelow = perMs * (mean + sizeMs * larger);
    const residual = (perMs * (second + sizeMs ** 2 * larger)) / 2;
    mean += sizeMs * part;
    second += sizeMs ** 2 * part;
    larger -= part;
    return { sizeMs, part, responseMs: sizeMs / (1 - loadBelow) + residual / (1 - loadBelow) ** 2 };
  });
}

/**
 * M/G/1 under shortest remaining processing time: the mean time in the system by size (Schrage and Miller 1966),
 * T(x) = λ (∫₀ˣ t² dF(t) + x² F̄(x)) / (2 (1 − ρ(x))²) + ∫₀ˣ dt / (1 − ρ(t)) with ρ(x) = λ ∫₀ˣ t dF(t).
 */
export function shortestRemaining(sizes: readonly SizeCell[], perMs: number): ResponseOfSize[] {
  let load = 0;
  let second = 0;
  let larger = 1;
  let residenceMs = 0;
  return sizes.map(({ fromMs, toMs, part }) => {
    const sizeMs = (fromMs + toMs) / 2;
    // Half of a cell is up to its middle.
    const halfLoad = load + (perMs * sizeMs * part) / 2;
    const halfSecond = second + (sizeMs ** 2 * part) / 2;
    const halfLarger = larger - part / 2;
    const stepMs = (toMs - fromMs) / (1 - halfLoad);
    const waitMs = (perMs * (halfSecond + sizeMs ** 2 * halfLarger)) / (2 * (1 - halfLoad) ** 2);
    const responseMs = waitMs + residenceMs + stepMs / 2;
    residenceMs += stepMs;
    load += perMs * sizeMs * part;
    second += sizeMs ** 2 * part;
    larger -= part;
    return { sizeMs, part, responseMs };
  });
}

/** The mean over all sizes for which something holds. */
export function meanResponse(
  responses: readonly ResponseOfSize[],
  isMeant: (sizeMs: number) => boolean = () => true,
): number {
  let sum = 0;
  let parts = 0;
  for (const { sizeMs, part, responseMs } of responses) {
    if (!isMeant(sizeMs)) continue;
    sum += part * responseMs;
    parts += part;
  }
  return sum / parts;
}

/**
 * Many single servers, of which each arrival asks `choices` and joins the one with the fewest: the mean time in the
 * system over the mean size, in the limit of many servers (Vvedenskaya, Dobrushin and Karpelevich 1996; Mitzenmacher
 * 2001). In equilibrium a part ρ^((dᵏ − 1)/(d − 1)) of the servers has k or more. Under processor sharing it holds for
 * every distribution of sizes (Bramson, Lu and Prabhakar 2012).
 */
export function powerOfChoices(choices: number, load: number): number {
  let sum = 0;
  for (let exponent = 1, term = load; term > 1e-18; exponent = choices * exponent + 1) {
    term = load ** exponent;
    sum += term;
  }
  return sum / load;
}
