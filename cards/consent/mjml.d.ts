// MJML ships no types. These are the parts that are used.
declare module 'mjml' {
  type Options = {
    /** Web fonts by family name; the default links Google's. */
    readonly fonts: Readonly<Record<string, string>>;
    /** strict: a fault in the markup rejects. */
    readonly validationLevel: 'strict';
  };
  export default function mjml2html(markup: string, options: Options): Promise<{ readonly html: string }>;
}
