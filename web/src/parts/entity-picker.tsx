import { Combobox, ComboboxInput, ComboboxOption, ComboboxOptions, Label } from '@headlessui/react';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { Entity } from '../answer/graph';
import type { EntityKind } from '../graphql.generated';
import './entity-picker.css';
import { words } from '../words';
import { Spoken } from './spoken';
import { type Suggestions, useSuggestions } from './suggestions';

/** A field in which one types a part of a name, an alias or an identifier, and picks an entity by its name. */
export function EntityPicker({
  label,
  kinds,
  value,
  onChange,
  describedBy,
  isInvalid = false,
}: {
  label: string;
  /** What may be picked; everything when absent. */
  kinds?: readonly EntityKind[];
  value: Entity | null;
  onChange: (picked: Entity | null) => void;
  /** The ids of elements that say more of the field, and what is wrong with it. */
  describedBy?: string | undefined;
  isInvalid?: boolean;
}) {
  const [typed, setTyped] = useState('');
  const [isWanted, setIsWanted] = useState(false);
  const suggestions = useSuggestions(typed, kinds, isWanted);
  const input = useRef<HTMLInputElement>(null);
  const name = value?.name;
  const isClipped = useIsClipped(input, name);
  useEffect(() => {
    // What is typed takes the place of the name, also where that comes after the focus.
    if (name !== undefined && document.activeElement === input.current) {
      input.current?.select();
    }
  }, [name]);
  return (
    <Combobox
      as="div"
      className="entity-picker"
      value={value}
      by="id"
      onChange={onChange}
      onClose={() => setTyped('')}
      immediate
    >
      {({ open }) => (
        <>
          <Label>{label}</Label>
          <div className="entity-picker-field">
            <ComboboxInput
              ref={input}
              autoComplete="off"
              placeholder="Type a part of a name"
              aria-describedby={describedBy}
              aria-invalid={isInvalid || undefined}
              displayValue={(entity: Entity | null) => entity?.name ?? ''}
              onFocus={({ target }) => {
                setIsWanted(true);
                target.select();
              }}
              onBlur={() => setIsWanted(false)}
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                // Else the list would close, and what was typed be lost, before there is anything to pick.
                if (event.key === 'Enter' && open && suggestions.isLoading) {
                  event.preventDefault();
                }
              }}
            />
            {value && (
              <button type="button" aria-label={`Clear ${label}: ${value.name}`} onClick={() => onChange(null)}>
                ×
              </button>
            )}
          </div>
          {isClipped && !open && (
            // Who hears the field hears the whole name in it.
            <p className="entity-picker-whole" aria-hidden="true">
              {value?.name}
            </p>
          )}
          <ComboboxOptions anchor={{ to: 'bottom start', padding: 8 }} modal={false} className="entity-picker-options">
            {suggestions.entities.map((entity) => (
              <ComboboxOption key={entity.id} value={entity}>
                {entity.name} <small>{words(entity.kind)}</small>
              </ComboboxOption>
            ))}
            {said(suggestions) && <div className="entity-picker-said">{said(suggestions)}</div>}
          </ComboboxOptions>
          <Spoken>{open && spoken(suggestions)}</Spoken>
        </>
      )}
    </Combobox>
  );
}

/** Whether the text in a field is longer than the field. */
function useIsClipped(input: RefObject<HTMLInputElement | null>, text: string | undefined): boolean {
  const [isClipped, setIsClipped] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text may be longer
  useLayoutEffect(() => {
    const field = input.current;
    if (!field) {
      return;
    }
    const observer = new ResizeObserver(() => setIsClipped(field.scrollWidth > field.clientWidth));
    observer.observe(field);
    return () => observer.disconnect();
  }, [input, text]);
  return isClipped && text !== undefined;
}

/** Below the suggestions, for who sees them. */
function said({ entities, nMore, isLoading, problem }: Suggestions): string | null {
  if (problem) {
    return problem;
  }
  if (entities.length === 0) {
    return isLoading ? 'Looking …' : 'Nothing found. Try another word, or the beginning of one.';
  }
  return nMore > 0 ? `and ${nMore} more: type on to narrow them down` : null;
}

/** For who hears them, once they are there. */
function spoken(suggestions: Suggestions): string | null {
  const { entities, isLoading } = suggestions;
  if (isLoading) {
    return null;
  }
  return [entities.length > 0 && `${entities.length} suggestions`, said(suggestions)].filter(Boolean).join(', ');
}
