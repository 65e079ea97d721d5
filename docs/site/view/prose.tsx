/** A sentence of the project, in which what stands between backticks is code. It has been made printable before. */
export function Prose({ text }: { text: string }) {
  // Of an odd number of backticks, the last is what it looks like.
  const parts = text.split(/`([^`]+)`/);
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>;
}
