/**
 * Runs in the page, in jsdom and in Chromium alike, next to the bundle: `window.stage` draws a card and hands out what
 * can be read on it and done with it.
 */
export const STAGE = String.raw`
const AC = window.AdaptiveCards;
if (!('innerText' in document.body)) {
  // jsdom has no innerText, and the bundle writes texts and buttons with it.
  Object.defineProperty(HTMLElement.prototype, 'innerText', {
    get() { return this.textContent; },
    set(text) { this.textContent = text; },
  });
  // jsdom puts the focus right in a timer, which could outlive the test.
  HTMLElement.prototype.focus = () => {};
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const inline = (text) => escaped(text)
  .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>')
  .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
  .replace(/(^|[^\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])/g, '$1<em>$2</em>');
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const blocks = text.split(/\n/).map((line) => {
    const [, mark, item] = line.match(/^\s*([-*]|\d+\.)\s+(.*)$/) ?? [];
    return mark ? { tag: /\d/.test(mark) ? 'ol' : 'ul', html: inline(item) } : { tag: 'p', html: inline(line) };
  });
  let open = '';
  let html = '';
  for (const { tag, html: content } of blocks) {
    if (tag !== open && open.endsWith('l')) html += '</' + open + '>';
    if (tag !== open && tag.endsWith('l')) html += '<' + tag + '>';
    html += tag === 'p' ? '<p>' + content + '</p>' : '<li>' + content + '</li>';
    open = tag;
  }
  result.outputHtml = html + (open.endsWith('l') ? '</' + open + '>' : '');
  result.didProcess = true;
};

const textOf = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const boxesOf = (input) => [...(input.renderedElement?.querySelectorAll('input, select, textarea') ?? [])];
const titleOf = (input, value) => input.choices.find((choice) => choice.value === value)?.title;

const fill = (input, value) => {
  const boxes = boxesOf(input);
  const type = input.getJsonTypeName();
  for (const box of boxes) {
    if (type === 'Input.Toggle') box.checked = value === (input.valueOn ?? 'true');
    else if (box.type === 'checkbox' || box.type === 'radio') box.checked = value.split(',').includes(box.value);
    else if (type === 'Input.ChoiceSet' && box.tagName !== 'SELECT') {
      // What a search would have found is not in the card.
      if (input.isDynamicTypeahead() && !titleOf(input, value)) input.choices.push(new AC.Choice(value, value));
      box.value = titleOf(input, value) ?? value;
    } else box.value = value;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
};

let failed = [];
const { internalValidateInputs } = AC.Action.prototype;
AC.Action.prototype.internalValidateInputs = function (inputs) {
  failed = internalValidateInputs.call(this, inputs);
  return failed;
};

window.stage = (source, config, place, locale) => {
  const json = JSON.parse(source);
  // A form of its own keeps radio buttons with the same input id on another card apart.
  const root = document.createElement('form');
  root.onsubmit = () => false;
  const card = new AC.AdaptiveCard();
  let done;
  card.hostConfig = new AC.HostConfig(JSON.parse(config));
  card.onExecuteAction = (action) => { done = action; };
  card.parse(json, new AC.SerializationContext(AC.Versions.v1_6));
  root.append(card.render());
  root.lang = json.lang ?? '';
  // Without a place the card stays out of the document: there, each one would make the next slower.
  place?.append(root);

  const inputs = card.getAllInputs();
  for (const input of inputs) {
    const [box] = boxesOf(input);
    // The bundle shows the value of a prefilled search; Teams shows its title.
    const title = input.choices && box?.type === 'text' ? titleOf(input, box.value) : undefined;
    if (title) box.value = title;
    if (locale && (box?.type === 'date' || box?.type === 'time')) {
      // Chromium writes dates in its own language only; Teams in that of the reader.
      const style = box.type === 'date' ? { dateStyle: 'medium' } : { timeStyle: 'short' };
      const moment = box.valueAsDate;
      box.type = 'text';
      box.classList.add('picker');
      box.value = moment ? moment.toLocaleString(locale, { ...style, timeZone: 'UTC' }) : '';
    }
  }

  const hidden = (element) => {
    for (let at = element; at && at !== root; at = at.parentElement) if (at.style.display === 'none') return true;
    return false;
  };
  const buttons = () => [...root.querySelectorAll('button.ac-pushButton')].filter((button) => !hidden(button));
  const errorOf = (input) => textOf(input._renderedErrorMessageElement);
  return {
    get html() { return root.innerHTML; },
    get texts() {
      const read = '.ac-textBlock, .ac-richTextBlock, .ac-fact-title, .ac-fact-value, button.ac-pushButton, option';
      const found = [...root.querySelectorAll(read)].filter((element) => !hidden(element));
      return found.filter((element) => !found.some((other) => other !== element && other.contains(element)))
        .map(textOf).filter(Boolean);
    },
    get inputs() {
      return inputs.map((input) => ({
        id: input.id,
        type: input.getJsonTypeName(),
        label: input.label ?? '',
        value: String(input.value ?? ''),
        required: input.isRequired === true,
        error: errorOf(input),
      }));
    },
    press(title, values) {
      for (const [id, value] of Object.entries(values)) {
        const input = inputs.find((each) => each.id === id);
        if (!input) throw new Error('no input ' + id + ', there are: ' + inputs.map((each) => each.id).join(', '));
        fill(input, value);
      }
      const button = buttons().find((each) => textOf(each) === title);
      if (!button) throw new Error('no button "' + title + '", there are: ' + buttons().map(textOf).join(', '));
      done = undefined;
      failed = [];
      button.click();
      if (done instanceof AC.OpenUrlAction) return { url: done.url };
      const isSent = done instanceof AC.SubmitAction || done instanceof AC.ExecuteAction;
      if (isSent) return { verb: done.verb ?? '', data: done.data ?? {} };
      return failed.length > 0 ? { blocked: failed.map((input) => input.label ?? input.id) } : { local: title };
    },
  };
};
`;
