/**
 * A name in any script, isolated from the text direction around it; React escapes any markup in it.
 */
export function Name({ children }: { children: string }) {
  return (
    <bdi className="name" title={children.length > 60 ? children : undefined}>
      {children}
    </bdi>
  );
}
