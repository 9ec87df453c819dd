import type { FC, ReactNode } from 'react';

function icon(drawing: ReactNode): FC {
  return () => (
    <svg
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      {drawing}
    </svg>
  );
}

export const QuestionsIcon = icon(
  <>
    <path d="M4 4h16v12H10l-4 4v-4H4z" strokeLinejoin="round" />
    <path d="M9.8 8.3a2.2 2.2 0 1 1 3 2c-.6.3-.8.7-.8 1.3M12 13.6v.2" strokeLinecap="round" />
  </>,
);

export const PictureIcon = icon(
  <>
    <circle cx="5.5" cy="12" r="2.5" />
    <rect x="15.5" y="3.5" width="5" height="5" />
    <path d="m18 14.5 3 5.5h-6z" strokeLinejoin="round" />
    <path d="m7.8 11 7.7-4M7.8 13.2l7.6 4" />
  </>,
);

export const FootnotesIcon = icon(
  <>
    <path d="M5 3h14v18H5z" strokeLinejoin="round" />
    <path d="M8 7h8M8 10h6M8 15h8M8 18h5" strokeLinecap="round" />
    <path d="M17 9.2v2.4" strokeLinecap="round" />
  </>,
);

export const TableIcon = icon(<path d="M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14" strokeLinejoin="round" />);

export const TimelineIcon = icon(
  <>
    <path d="M3 19h18M6 19v2M12 19v2M18 19v2" strokeLinecap="round" />
    <path d="M4 6h7M9 11h8M14 15h6" strokeWidth="2.6" strokeLinecap="round" />
  </>,
);

export const LinkIcon = icon(
  <path
    d="M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7L12 17.7"
    strokeLinecap="round"
  />,
);

export const MatrixIcon = icon(
  <>
    <path d="M4 4h16v16H4zM4 9.3h16M4 14.6h16M9.3 4v16M14.6 4v16" strokeLinejoin="round" />
    <path d="M9.3 9.3h5.3v5.3H9.3z" fill="currentColor" />
  </>,
);
