/** What an element, an action or a piece of one must have, may have, and holds. Keys are separated by blanks. */
export type Kind = {
  readonly needs: string;
  readonly takes: string;
  readonly holds?: Readonly<Record<string, string>>;
};

const ELEMENT = 'type id isVisible separator spacing height fallback requires';
const INPUT = `${ELEMENT} label isRequired errorMessage value`;
const BOX = 'selectAction style verticalContentAlignment bleed backgroundImage minHeight rtl';
const CELLS = 'horizontalCellContentAlignment verticalCellContentAlignment';
const ACTION = 'type id title iconUrl style fallback requires tooltip isEnabled mode';

/** Adaptive Cards 1.5, as Teams shows it. */
export const ELEMENTS: Readonly<Record<string, Kind>> = {
  TextBlock: {
    needs: 'text',
    takes: `${ELEMENT} color fontType horizontalAlignment isSubtle maxLines size weight wrap style`,
  },
  RichTextBlock: { needs: 'inlines', takes: `${ELEMENT} horizontalAlignment`, holds: { inlines: 'TextRun' } },
  Image: {
    needs: 'url altText',
    takes: `${ELEMENT} backgroundColor horizontalAlignment selectAction size style width msteams`,
    holds: { selectAction: 'action' },
  },
  ImageSet: { needs: 'images', takes: `${ELEMENT} imageSize`, holds: { images: 'Image' } },
  Container: { needs: 'items', takes: `${ELEMENT} ${BOX}`, holds: { items: 'element', selectAction: 'action' } },
  ColumnSet: {
    needs: 'columns',
    takes: `${ELEMENT} selectAction style bleed minHeight horizontalAlignment`,
    holds: { columns: 'Column', selectAction: 'action' },
  },
  FactSet: { needs: 'facts', takes: ELEMENT, holds: { facts: 'Fact' } },
  ActionSet: { needs: 'actions', takes: ELEMENT, holds: { actions: 'action' } },
  Table: {
    needs: 'columns rows',
    takes: `${ELEMENT} ${CELLS} firstRowAsHeader firstRowAsHeaders showGridLines gridStyle`,
    holds: { columns: 'TableColumnDefinition', rows: 'TableRow' },
  },
  'Input.Text': {
    needs: 'id',
    takes: `${INPUT} isMultiline maxLength placeholder regex style inlineAction`,
    holds: { inlineAction: 'action' },
  },
  'Input.Number': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Date': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Time': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Toggle': { needs: 'id title', takes: `${INPUT} valueOff valueOn wrap` },
  'Input.ChoiceSet': {
    needs: 'id',
    takes: `${INPUT} choices choices.data isMultiSelect style placeholder wrap valueChangedAction`,
    holds: { choices: 'Choice', 'choices.data': 'Data.Query', valueChangedAction: 'Action.ResetInputs' },
  },
};

export const ACTIONS: Readonly<Record<string, Kind>> = {
  'Action.Execute': { needs: '', takes: `${ACTION} verb data associatedInputs` },
  'Action.Submit': { needs: 'title', takes: `${ACTION} data associatedInputs` },
  'Action.OpenUrl': { needs: 'title url', takes: ACTION },
  'Action.ToggleVisibility': { needs: 'title targetElements', takes: ACTION },
  'Action.ShowCard': { needs: 'title card', takes: ACTION, holds: { card: 'AdaptiveCard' } },
};

const PIECES: Readonly<Record<string, Kind>> = {
  AdaptiveCard: {
    needs: 'body',
    takes:
      'type $schema version actions selectAction fallbackText backgroundImage minHeight rtl speak lang ' +
      'verticalContentAlignment refresh authentication msteams',
    holds: { body: 'element', actions: 'action', selectAction: 'action', refresh: 'Refresh' },
  },
  Refresh: { needs: 'action', takes: 'userIds', holds: { action: 'Action.Execute' } },
  TextRun: {
    needs: 'text',
    takes: 'type color fontType highlight isSubtle italic selectAction size strikethrough underline weight',
    holds: { selectAction: 'action' },
  },
  Column: {
    needs: '',
    takes: `${ELEMENT} ${BOX} items width`,
    holds: { items: 'element', selectAction: 'action' },
  },
  Fact: { needs: 'title value', takes: 'type' },
  Choice: { needs: 'title value', takes: 'type' },
  'Data.Query': { needs: 'dataset', takes: 'type associatedInputs count skip' },
  'Action.ResetInputs': { needs: 'targetInputIds', takes: 'type' },
  TableColumnDefinition: { needs: '', takes: `type width ${CELLS}` },
  TableRow: { needs: 'cells', takes: `type style ${CELLS}`, holds: { cells: 'TableCell' } },
  TableCell: {
    needs: 'items',
    takes: `type ${BOX}`,
    holds: { items: 'element', selectAction: 'action' },
  },
};

export const KINDS: Readonly<Record<string, Kind>> = { ...ELEMENTS, ...ACTIONS, ...PIECES };

/** Newer than 1.5: only with a fallback. */
export const NEWER = new RegExp(
  '^(Badge|Icon|Chart\\..+|Progress(Bar|Ring)|CompoundButton|Carousel|Rating|Input\\.Rating|CodeBlock|' +
    'Component\\..+|Action\\.(OpenUrlDialog|InsertImage|Popover))$',
);

const CONTAINER_STYLES = 'default emphasis good attention warning accent';
/** The values of a key, for all types or for one. */
export const VALUES: Readonly<Record<string, string>> = {
  spacing: 'default none small medium large extraLarge padding',
  color: 'default dark light accent good warning attention',
  weight: 'default lighter bolder',
  fontType: 'default monospace',
  horizontalAlignment: 'left center right',
  verticalContentAlignment: 'top center bottom',
  mode: 'primary secondary',
  associatedInputs: 'auto none',
  'TextBlock.size': 'default small medium large extraLarge',
  'TextRun.size': 'default small medium large extraLarge',
  'Image.size': 'auto stretch small medium large',
  'TextBlock.style': 'default heading columnHeader',
  'Image.style': 'default person',
  'Container.style': CONTAINER_STYLES,
  'Column.style': CONTAINER_STYLES,
  'ColumnSet.style': CONTAINER_STYLES,
  'TableCell.style': CONTAINER_STYLES,
  'TableRow.style': CONTAINER_STYLES,
  'Input.Text.style': 'text tel url email password',
  'Input.ChoiceSet.style': 'compact expanded filtered',
  'Action.Execute.style': 'default positive destructive',
  'Action.Submit.style': 'default positive destructive',
};
