/** Who is called what: for each old number of an invocation, a machine and a shard the new one. */
export interface Naming {
  readonly invocations: Int32Array;
  readonly machines: Int32Array;
  readonly shards: Int32Array;
}
