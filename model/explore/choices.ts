/**
 * An oracle that stands in for chance: it answers as it is told, notes how many answers there were, and moves on to the
 * next combination of answers until all have been tried.
 */
export class Choices {
  private readonly answers: number[] = [];
  private readonly alternatives: number[] = [];
  private asked = 0;

  /** The next choice, from 0 up to, not including, `alternatives`. */
  choose(alternatives: number): number {
    if (this.asked === this.answers.length) {
      this.answers.push(0);
      this.alternatives.push(alternatives);
    }
    return this.answers[this.asked++]!;
  }

  /** Whether anything was chosen since the last {@link rewind}. */
  get anyAsked(): boolean {
    return this.asked > 0;
  }

  /** Begins again from the first choice, with the same answers. */
  rewind(): void {
    this.asked = 0;
  }

  /** Moves on to the next combination of answers; false when all have been tried, and then it starts over. */
  advance(): boolean {
    for (let last = this.answers.length - 1; last >= 0; last--) {
      this.answers[last]!++;
      if (this.answers[last]! < this.alternatives[last]!) return true;
      this.answers.pop();
      this.alternatives.pop();
    }
    return false;
  }

  /** A sample of `size` of 0 to `count` − 1, ascending: which one is a choice. */
  sample(count: number, size: number): number[] {
    let left = Math.min(size, count);
    const sample: number[] = [];
    let rest = left === count ? 0 : this.choose(binomial(count, left));
    for (let member = 0; left > 0; member++) {
      const including = binomial(count - member - 1, left - 1);
      if (rest < including) {
        sample.push(member);
        left--;
      } else {
        rest -= including;
      }
    }
    return sample;
  }
}

/** How many samples of `size` there are of `count`. */
export function binomial(count: number, size: number): number {
  let result = 1;
  for (let index = 1; index <= size; index++) result = (result * (count - size + index)) / index;
  return result;
}
