/** A SPARQL client that others wrote, fetch-sparql-endpoint of Comunica, asks the endpoint in each form of the protocol. */
import { expect, test } from '@playwright/test';
import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';
import { origin } from './explorer';

const endpoint = `${origin}/sparql`;
const ent = 'https://w3id.org/entente/ontology#';

async function rows(stream: NodeJS.ReadableStream): Promise<Record<string, { value: string; termType: string; datatype?: { value: string } }>[]> {
  return new Promise((done, fail) => {
    const found: never[] = [];
    stream.on('data', (row) => found.push(row as never)).on('error', fail).on('end', () => done(found));
  });
}

for (const method of ['GET', 'POST'] as const) {
  test(`fetch-sparql-endpoint asks by ${method}`, async () => {
    const client = new SparqlEndpointFetcher({ method });
    const select = await rows(await client.fetchBindings(endpoint, `
      PREFIX ent: <${ent}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?event ?what ?n WHERE { ?event a ent:Agreement ; rdfs:label ?what ; ent:articleCount ?n } ORDER BY ?event LIMIT 5`));
    expect(select).toHaveLength(5);
    expect(select[0]?.event?.termType).toBe('NamedNode');
    expect(select[0]?.n?.datatype?.value).toBe('http://www.w3.org/2001/XMLSchema#integer');
    expect(await client.fetchAsk(endpoint, `ASK { ?s a <${ent}Dyad> }`)).toBe(true);
    const triples = await rows(await client.fetchTriples(endpoint, `CONSTRUCT { ?s a <${ent}Dyad> } WHERE { ?s a <${ent}Dyad> } LIMIT 7`) as never);
    expect(triples).toHaveLength(7);
  });
}

test('fetch-sparql-endpoint is told what is wrong', async () => {
  const client = new SparqlEndpointFetcher();
  await expect(client.fetchBindings(endpoint, 'SELECT ?s { ?s ?p ?o } LIMIT none')).rejects.toThrow(/400|Invalid SPARQL/);
});
