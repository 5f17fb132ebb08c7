/** Pictures that the stand-in serves itself, so that a demo needs no other host. */

const PARROT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img" aria-label="Parrot">
<rect width="64" height="64" rx="16" fill="#e6f6ee"/>
<path d="M20 54c-2-14-4-30 12-34 10-2 16 6 14 14-2 10-6 16-10 20z" fill="#1f9d61"/>
<path d="M24 54c0-10 2-18 10-22 2 8 0 16-4 22z" fill="#157347"/>
<circle cx="37" cy="25" r="5" fill="#fff"/><circle cx="38" cy="25" r="2.5" fill="#173328"/>
<path d="M45 25c6 0 8 5 5 10-2-2-5-3-7-3z" fill="#f4a72c"/>
<path d="M24 20c0-6 4-10 10-11-1 4-1 7 1 10z" fill="#e4572e"/>
</svg>`;

const MAGPIE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img" aria-label="Magpie">
<rect width="64" height="64" rx="16" fill="#e9eef6"/>
<path d="M18 54c-2-14 0-30 14-34 10-3 16 4 14 12-2 10-8 17-12 22z" fill="#20262e"/>
<path d="M24 52c0-9 4-15 12-17 2 6 0 12-6 17z" fill="#fff"/>
<circle cx="37" cy="26" r="2.5" fill="#fff"/>
<path d="M45 25l11 4-11 3z" fill="#5a6675"/>
</svg>`;

const HILLS = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270" width="480" height="270" role="img" aria-label="Hills at sunrise">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4f7cac"/><stop offset="1" stop-color="#fbd3a0"/></linearGradient></defs>
<rect width="480" height="270" fill="url(#sky)"/>
<circle cx="330" cy="150" r="34" fill="#fff1c9"/>
<path d="M0 190c80-60 150-40 230 0s170 30 250-20v100H0z" fill="#3f6b5c"/>
<path d="M0 230c90-40 180-20 260 0s150 10 220-10v50H0z" fill="#274a40"/>
</svg>`;

const pictures: ReadonlyMap<string, string> = new Map([
  ['parrot.svg', PARROT],
  ['magpie.svg', MAGPIE],
  ['hills.svg', HILLS],
]);

/** The SVG source of a picture under `/assets/`. */
export const findPicture = (name: string): string | undefined => pictures.get(name);
