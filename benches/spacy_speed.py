"""Words a second of spaCy's small English pipeline on one core. Reads JSON Lines from stdin; run by benches/throughput.

Words are counted as in the rest of the benchmark, between white space. Prints one line: version, words, seconds of
processor time, words a second. Ends with 1 where spaCy or its model is missing; SPACY_MODEL names another model or its folder, such as one that
spacy_pipeline.py has made.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import spacy

    pipeline = spacy.load(os.environ.get("SPACY_MODEL", "en_core_web_sm"))
except (ImportError, OSError):
    sys.exit(1)

texts = [f"{a['title']}\n\n{a['text']}" for a in map(json.loads, sys.stdin)]
words = sum(len(text.split()) for text in texts)
list(pipeline.pipe(texts[:10]))
start = time.process_time()
for _ in pipeline.pipe(texts, batch_size=64):
    pass
seconds = time.process_time() - start
name = f"{pipeline.meta['lang']}_{pipeline.meta['name']}"
print(f"spaCy {spacy.__version__} with {name}: {words / seconds:,.0f} words/s ({words:,} words in {seconds:.1f} s)")
