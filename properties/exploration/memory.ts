import { freemem } from 'node:os';

/**
 * How much memory this process may still take, in bytes: what the machine has free, or what its control group leaves
 * it, if that is less.
 */
export function freeBytes(): number {
  // Node 20.13 and later know of control groups.
  const { availableMemory } = process as { availableMemory?: () => number };
  const available = availableMemory?.call(process) ?? 0;
  return available > 0 ? Math.min(freemem(), available) : freemem();
}

/** What is left to everything else: the engine's own heap, other processes, the buffers of the system. */
export const BYTES_LEFT_FREE = 512 * 1024 * 1024;
