import type { ToldFragment } from '../graphql.generated';
import { words } from '../words';

/** What narrows a statement; what is not known of it may be left out. */
export type Qualified = {
  readonly [Key in 'on' | 'from' | 'until' | 'condition' | 'venue' | 'voice' | 'basis' | 'certainty']?:
    | ToldFragment[Key]
    | null;
} & { readonly aspect?: { readonly name: string } | null };

const VOICES: Record<NonNullable<ToldFragment['voice']>, string> = {
  OFFICIAL: 'in its own voice',
  SPOKESPERSON: 'by a spokesperson',
  MEMBER: 'by a member',
  UNCLEAR: 'unclear who spoke for it',
};

/**
 * All that narrows a statement, each in words that stand after its sentence.
 *
 * A condition is told as it stands, since its first word says which way it goes: "if amended", "unless risks are shown".
 */
export function qualifiersOf(statement: Qualified): string[] {
  const { aspect, on, from, until, condition, venue, voice, basis, certainty } = statement;
  return [
    aspect && `as to ${aspect.name}`,
    on && `on ${on}`,
    from && `from ${from}`,
    until && `until ${until}`,
    condition,
    venue && words(venue),
    voice && VOICES[voice],
    basis === 'INFERRED' && 'inferred, not stated',
    certainty && `${words(certainty)} certainty`,
  ].filter((qualifier) => typeof qualifier === 'string' && qualifier !== '') as string[];
}
