/** A name in whatever script: its direction is its own, and markup in it is text. */
export function Name({ children }: { children: string }) {
  return (
    <bdi className="name" title={children.length > 60 ? children : undefined}>
      {children}
    </bdi>
  );
}
