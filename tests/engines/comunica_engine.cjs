// Answers SPARQL with Comunica, for a comparison with our own engine: the same task on stdin and the same answer on stdout
// as rdflib_engine.py. NODE_PATH names a folder that has @comunica/query-sparql-rdfjs and n3.

const { QueryEngine } = require("@comunica/query-sparql-rdfjs");
const { Parser, Store } = require("n3");

function term(node) {
  if (!node) return null;
  if (node.termType === "Literal") {
    return { type: "literal", value: node.value, datatype: node.datatype.value, lang: node.language || null };
  }
  return { type: "uri", value: node.value, datatype: null, lang: null };
}

async function answer(engine, store, query) {
  try {
    const result = await engine.query(query, { sources: [store], unionDefaultGraph: true });
    if (result.resultType === "boolean") return { rows: [[term({ termType: "NamedNode", value: String(await result.execute()) })]] };
    const stream = await result.execute();
    if (result.resultType === "quads") {
      return { rows: (await stream.toArray()).map((q) => [term(q.subject), term(q.predicate), term(q.object)]) };
    }
    const variables = (await result.metadata()).variables.map((v) => v.variable ?? v);
    return { rows: (await stream.toArray()).map((row) => variables.map((v) => term(row.get(v)))) };
  } catch (error) {
    return { error: String(error) };
  }
}

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const task = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const store = new Store(new Parser({ format: "application/trig" }).parse(task.trig));
  const engine = new QueryEngine();
  const answers = [];
  for (const query of task.queries) answers.push(await answer(engine, store, query));
  process.stdout.write(JSON.stringify(answers));
}

main();
