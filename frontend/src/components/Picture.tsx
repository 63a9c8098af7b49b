/** A product's picture. The name stands beside it wherever it is used, so it says nothing by itself. */
export function Picture({
  url,
  className,
  isFirst,
}: {
  url: string | null;
  className?: string;
  isFirst?: boolean;
}) {
  return (
    <img
      src={url || placeholder}
      alt=""
      width={400}
      height={300}
      className={className}
      loading={isFirst ? 'eager' : 'lazy'}
      fetchPriority={isFirst ? 'high' : 'auto'}
      decoding="async"
      onError={(event) => {
        const image = event.currentTarget;
        if (!image.src.endsWith(placeholder)) {
          image.src = placeholder;
        }
      }}
    />
  );
}

const placeholder = '/img/placeholder.svg';
