/** Who lives on the one machine of a cluster, at a moment within a step: what an example of a solver says. */
export interface Situation {
  readonly cores: number;
  /** In MB. */
  readonly ramMb: number;
  readonly swapMb: number;
  readonly antagonistMb: number;
  /** In their order of arrival. */
  readonly live: readonly Living[];
}

export interface Living {
  readonly class: number;
  readonly demandMb: number;
  readonly residentMb: number;
  readonly isBlocked: boolean;
}
