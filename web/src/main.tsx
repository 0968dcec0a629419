/** The explorer: one page, its routes, and the frame around them. */
import { render, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Link, Redirect, Route, Router, Switch, useLocation } from 'wouter-preact';
import { takeToken, useAbout } from './api';
import { ArticlePage } from './pages/article';
import { CountryPage } from './pages/country';
import { DyadPage } from './pages/dyad';
import { EventPage } from './pages/event';
import { LeaderPage } from './pages/leader';
import { ArticlesPage, CountriesPage, DyadsPage, EventsPage, LeadersPage } from './pages/lists';
import { IngestPage } from './pages/ingest';
import { NetworkPage } from './pages/network';
import { OverviewPage } from './pages/overview';
import { QualityPage } from './pages/quality';
import { SearchPage } from './pages/search';
import { SparqlPage } from './pages/sparql';
import { Heading, To } from './ui/basics';
import { SearchBox } from './ui/searchbox';

const PAGES: [string, string, boolean][] = [
  ['/', 'Overview', true], ['/countries', 'Countries', true], ['/dyads', 'Pairs', true], ['/leaders', 'Leaders', true], ['/events', 'Events', true], ['/articles', 'Articles', false],
  ['/network', 'Network', true], ['/sparql-ui', 'SPARQL', false], ['/quality', 'Quality', false],
];

function Nav() {
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  const about = useAbout();
  useEffect(() => setOpen(false), [path]);
  const link = (to: string, label: string, keep: boolean) => {
    const current = path === to ? { 'aria-current': 'page' as const } : {};
    return <li key={to}>{keep ? <To to={to} {...current}>{label}</To> : <Link href={to} {...current}>{label}</Link>}</li>;
  };
  return (
    <nav class="nav" aria-label="Pages">
      <button type="button" class="nav__toggle" aria-expanded={open} aria-controls="pages" onClick={() => setOpen(!open)}>Menu</button>
      <ul id="pages" class={open ? 'nav__list nav__list--open' : 'nav__list'}>
        {PAGES.map(([to, label, keep]) => link(to, label, keep))}
        {about?.writable && link('/ingest', 'Add article', false)}
      </ul>
    </nav>
  );
}

const THEME = 'entente-theme';
const THEMES = ['auto', 'light', 'dark'] as const;
function applyTheme(theme: string): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
function ThemePicker() {
  const [theme, setTheme] = useState(() => localStorage.getItem(THEME) ?? 'auto');
  const choose = (value: string) => { setTheme(value); localStorage.setItem(THEME, value); applyTheme(value); };
  return <label class="theme">Colors <select value={theme} onChange={(e) => choose(e.currentTarget.value)}>{THEMES.map((t) => <option key={t} value={t}>{t === 'auto' ? 'as the system' : t}</option>)}</select></label>;
}

function Frame({ children }: { children: ComponentChildren }) {
  const about = useAbout();
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); document.querySelector<HTMLElement>('main h1')?.focus(); }}>Skip to the content</a>
      <header class="head">
        <To to="/" class="brand"><img src="/favicon.svg" alt="" width="28" height="28" />Entente</To>
        <SearchBox />
        <Nav />
      </header>
      <main id="main">{children}</main>
      <footer class="foot">
        <p>Every fact is a program’s reading of a sentence: read the sentence. {about && <span class="faint">Entente {about.version}</span>}</p>
        <p><a href="/api/v1/openapi.json">API</a> <a href="/.well-known/void">Data set</a> <a href="/THIRD-PARTY.txt">Licenses</a> <ThemePicker /></p>
      </footer>
    </>
  );
}

const Missing = () => <><Heading title="No such page" /><p>The explorer has no page here. <Link href="/">Go to the overview</Link>, or search above.</p></>;

const App = () => (
  <Router>
    <Frame>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/countries" component={CountriesPage} />
        <Route path="/country/:id">{({ id }) => <CountryPage key={id} />}</Route>
        <Route path="/dyads" component={DyadsPage} />
        <Route path="/dyad/:id">{({ id }) => <DyadPage key={id} />}</Route>
        <Route path="/leaders" component={LeadersPage} />
        <Route path="/leader/:id">{({ id }) => <LeaderPage key={id} />}</Route>
        <Route path="/events" component={EventsPage} />
        <Route path="/event/:id">{({ id }) => <EventPage key={id} />}</Route>
        <Route path="/articles" component={ArticlesPage} />
        <Route path="/article/:id">{({ id }) => <ArticlePage key={id} />}</Route>
        <Route path="/search" component={SearchPage} />
        <Route path="/network" component={NetworkPage} />
        <Route path="/sparql-ui" component={SparqlPage} />
        <Route path="/quality" component={QualityPage} />
        <Route path="/ingest" component={IngestPage} />
        <Route path="/index.html"><Redirect to="/" /></Route>
        <Route component={Missing} />
      </Switch>
    </Frame>
  </Router>
);

takeToken();
applyTheme(localStorage.getItem(THEME) ?? 'auto');
const root = document.getElementById('app');
if (root) { root.replaceChildren(); render(<App />, root); }
