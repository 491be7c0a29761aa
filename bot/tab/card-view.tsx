import { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SerializationContext, Versions } from 'adaptivecards';
import { useEffect, useRef } from 'react';
import type { ActionAnswer } from '../../cards/tab/contract.ts';

const text = (name: string) => ({
  default: `var(--colorNeutralForeground${name})`,
  subtle: 'var(--colorNeutralForeground3)',
});
const plain = text('1');
/** Colours are Fluent's own names for them, so that a card follows every theme, the one of high contrast too. */
const FOREGROUND = {
  default: plain,
  dark: plain,
  light: plain,
  accent: { default: 'var(--colorBrandForegroundLink)', subtle: 'var(--colorBrandForegroundLink)' },
  good: { default: 'var(--colorStatusSuccessForeground3)', subtle: 'var(--colorStatusSuccessForeground3)' },
  warning: plain,
  attention: { default: 'var(--colorStatusDangerForeground3)', subtle: 'var(--colorStatusDangerForeground3)' },
};
const ground = (name: string) => ({ backgroundColor: `var(--${name})`, foregroundColors: FOREGROUND });

/** `level`: of the headings on cards, one below what they stand under. */
const configFor = (level: 2 | 3) =>
  new HostConfig({
    textBlock: { headingLevel: level },
    supportsInteractivity: true,
    fontFamily: 'var(--fontFamilyBase)',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 20 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 28 },
    spacing: { small: 4, default: 8, medium: 16, large: 24, extraLarge: 32, padding: 12 },
    separator: { lineThickness: 1, lineColor: 'var(--colorNeutralStroke2)' },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    containerStyles: {
      default: ground('colorTransparentBackground'),
      emphasis: ground('colorNeutralBackground3'),
      good: ground('colorStatusSuccessBackground1'),
      attention: ground('colorStatusDangerBackground1'),
      warning: ground('colorStatusWarningBackground1'),
    },
    inputs: {
      label: {
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
      errorMessage: { color: 'attention', spacing: 'small' },
    },
  });
const CONFIGS = { 2: configFor(2), 3: configFor(3) } as const;

// What cards say is finished text: nothing is read into it.
AdaptiveCard.onProcessMarkdown = (_, result) => {
  result.didProcess = false;
};

/** A card without its first heading, where that says what stands above it already. */
const belowTitle = (card: ActionAnswer['card'], title: string): object => {
  const [first, ...rest] = Array.isArray(card.body) ? card.body : [];
  return first?.type === 'TextBlock' && first.text === title ? { ...card, body: rest } : card;
};

type Pressed = { readonly verb: string; readonly data: Record<string, unknown> };

/** An Adaptive Card, as the chat shows it. What is typed into it is in the page alone until a button is pressed. */
export const CardView = ({
  card,
  title,
  level,
  pressed,
  opened,
}: {
  readonly card: ActionAnswer['card'];
  /** What stands above it already. */
  readonly title: string;
  readonly level: 2 | 3;
  readonly pressed: (action: Pressed) => void;
  readonly opened: (url: string) => void;
}) => {
  const place = useRef<HTMLDivElement>(null);
  const calls = useRef({ pressed, opened });
  useEffect(() => {
    calls.current = { pressed, opened };
  });
  useEffect(() => {
    const drawn = new AdaptiveCard();
    drawn.hostConfig = CONFIGS[level];
    drawn.parse(belowTitle(card, title), new SerializationContext(Versions.v1_6));
    drawn.onExecuteAction = (action) => {
      if (action instanceof ExecuteAction) {
        const data = action.data;
        calls.current.pressed({ verb: action.verb, data: typeof data === 'object' ? { ...data } : {} });
      }
      if (action instanceof OpenUrlAction && action.url !== undefined) calls.current.opened(action.url);
    };
    const element = drawn.render();
    // Nothing can be done with a card itself: a stop for the keyboard it is not.
    element?.removeAttribute('tabindex');
    if (element !== undefined) place.current?.replaceChildren(element);
  }, [card, title, level]);
  return <div className="card" ref={place} />;
};
