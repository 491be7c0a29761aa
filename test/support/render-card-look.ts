export type Theme = 'light' | 'dark';

/** Colours, type and spacing as Teams has them. */
const PALETTES = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    line: '#e0e0e0',
    text: '#242424',
    subtle: '#616161',
    emphasis: '#f5f5f5',
    field: '#ffffff',
    fieldLine: '#d1d1d1',
    fieldFoot: '#616161',
    button: '#ffffff',
    accent: '#5b5fc7',
    attention: '#c4314b',
    good: '#237b4b',
    warning: '#8a5d00',
    tints: { accent: '#ebebfa', attention: '#fdf3f4', good: '#f1faf1', warning: '#fff9e5' },
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    line: '#3d3d3d',
    text: '#ffffff',
    subtle: '#adadad',
    emphasis: '#333333',
    field: '#292929',
    fieldLine: '#666666',
    fieldFoot: '#adadad',
    button: '#292929',
    accent: '#7f85f5',
    attention: '#f1707b',
    good: '#92c353',
    warning: '#f2c661',
    tints: { accent: '#2f2f4a', attention: '#3b1f24', good: '#1f3323', warning: '#3a2f14' },
  },
} as const;

const both = (color: string, subtle: string = color) => ({ default: color, subtle });

/** What the renderer is told of the host it draws for. */
export function hostConfig(theme: Theme) {
  const { text, subtle, accent, attention, good, warning, card, emphasis, line, tints } = PALETTES[theme];
  const foregroundColors = {
    default: both(text, subtle),
    dark: both(text, subtle),
    light: both(subtle),
    accent: both(accent),
    attention: both(attention),
    good: both(good),
    warning: both(warning),
  };
  const on = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontTypes: {
      default: {
        fontFamily: 'var(--sans)',
        fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
        fontWeights: { lighter: 400, default: 400, bolder: 600 },
      },
      monospace: { fontFamily: 'Consolas, "Liberation Mono", monospace', fontSizes: { small: 12, default: 14 } },
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: on(card),
      emphasis: on(emphasis),
      accent: on(tints.accent),
      attention: on(tints.attention),
      good: on(tints.good),
      warning: on(tints.warning),
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      spacing: 'default',
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      allowTitleToWrap: true,
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 160 },
      value: { wrap: true },
      spacing: 16,
    },
    textBlock: { headingLevel: 2 },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
    inputs: {
      label: { inputSpacing: 'small', requiredInputs: { suffix: ' *', suffixColor: 'attention' } },
      errorMessage: { color: 'attention', size: 'small' },
      allowDynamicallyFilteredChoiceSet: true,
    },
  };
}

const CSS = `
:root { --sans: "Segoe UI", "Selawik", "Open Sans", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/20px var(--sans); }
form { margin: 0; }
.sheet { display: grid; gap: 24px; padding: 24px; width: max-content; align-items: start; }
.sheet figcaption { color: var(--subtle); font-size: 12px; margin-bottom: 6px; overflow-wrap: anywhere; }
figure { margin: 0; width: var(--width); }
.shot { padding: 12px; width: max-content; }
.ac-adaptiveCard {
  border: 1px solid var(--line); border-radius: 4px; box-shadow: 0 1px 2px rgba(0, 0, 0, .1); outline: none;
}
.ac-textBlock, .ac-richTextBlock, .ac-fact-title, .ac-fact-value { line-height: 1.4286 !important; }
.ac-textBlock p { margin: 0; }
.ac-textBlock p:empty { height: .6em; }
.ac-textBlock ul, .ac-textBlock ol { margin: 0; padding-left: 20px; }
a { color: var(--accent); text-decoration: none; }
/* The renderer squeezes buttons into one row; Teams lets them flow to the next. */
.ac-actionSet { flex-wrap: wrap; gap: 8px; }
.ac-actionSet > div:empty { display: none; }
.ac-pushButton, .ac-actionSet > div { flex: 0 0 auto !important; max-width: 100%; }
.ac-pushButton {
  font: 600 14px/20px var(--sans); color: var(--text); background: var(--button); border: 1px solid var(--fieldLine);
  border-radius: 4px; padding: 5px 12px; min-height: 32px; min-width: 72px; cursor: pointer; text-align: center;
}
.ac-pushButton.style-positive { color: #fff; background: #5b5fc7; border-color: #5b5fc7; }
.ac-pushButton.style-destructive { color: var(--attention); border-color: var(--attention); }
.ac-pushButton-disabled { opacity: .5; }
.ac-input {
  font: 14px/20px var(--sans); color: var(--text); background: var(--field);
  border: 1px solid var(--fieldLine); border-bottom-color: var(--fieldFoot); border-radius: 4px;
  padding: 5px 10px; min-height: 32px;
}
.ac-input::placeholder { color: var(--subtle); }
textarea.ac-input { min-height: 68px; resize: none; }
select.ac-input {
  appearance: none; padding-right: 28px; background-repeat: no-repeat; background-position: right 10px center;
  background-image: var(--chevron);
}
.ac-choiceSetInput-filtered, .ac-choiceSetInput-filtered-textbox, .picker {
  padding-right: 28px; background-repeat: no-repeat; background-position: right 10px center;
  background-image: var(--chevron);
}
.ac-choiceSetInput-filtered-container { position: relative; width: 100%; border: 0; padding: 0; }
.ac-choiceSetInput-filtered-textbox { width: 100%; }
.ac-choiceSetInput-filtered-dropdown:not(.ac-choiceSetInput-filtered-dropdown-open) { display: none; }
.ac-toggleInput, .ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect {
  border: 0; padding: 0; min-height: 0; background: none;
}
.ac-choiceSetInput-expanded > div, .ac-choiceSetInput-multiSelect > div { padding: 4px 0; }
input[type='checkbox'], input[type='radio'] { accent-color: #5b5fc7; width: 16px; height: 16px; }
.ac-input-validation-failed { border-color: var(--attention); }
`;

const CHEVRON =
  'url("data:image/svg+xml,' +
  "%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='12' fill='none' stroke='%23808080'%3E" +
  "%3Cpath d='M2 4l4 4 4-4'/%3E%3C/svg%3E\")";
/** Stands for every picture. */
export const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#bbb"/></svg>';

/** The style sheet of a page of cards, each `width` CSS pixels wide. */
export function styleSheet(theme: Theme, width: number): string {
  const colors = Object.entries(PALETTES[theme]).map(([name, color]) => `--${name}: ${color};`);
  return `${CSS}
      :root { color-scheme: ${theme}; --width: ${width}px; --chevron: ${CHEVRON}; ${colors.join(' ')} }`;
}
