/** What writing asks for: who decides, and the server's token where this tab has none yet. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { keepToken, token } from '../api';

const WHO = 'entente-who';

export function Writing({ children }: { children: (who: string) => ComponentChildren }) {
  const [who, setWho] = useState(() => localStorage.getItem(WHO) ?? '');
  const [secret, setSecret] = useState('');
  const [known, setKnown] = useState(() => token() !== null);
  const name = (value: string) => { setWho(value); localStorage.setItem(WHO, value); };
  return (
    <>
      <div class="writing">
        <label>Your name <input value={who} autocomplete="name" onInput={(e) => name(e.currentTarget.value)} /></label>
        {!known && (
          <form class="actions" onSubmit={(e) => { e.preventDefault(); keepToken(secret.trim()); setKnown(true); }}>
            <label>Token <input type="password" autocomplete="off" value={secret} onInput={(e) => setSecret(e.currentTarget.value)} /></label>
            <button type="submit" disabled={!secret.trim()}>Use it</button>
            <span class="faint"><code>entente serve</code> printed it when it started.</span>
          </form>
        )}
      </div>
      {children(who.trim())}
    </>
  );
}
