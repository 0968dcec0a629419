"""Makes a spaCy pipeline of the components and sizes of en_core_web_sm where the model itself cannot be had.

    python3 benches/spacy_pipeline.py en_ewt-ud-train.conllu FOLDER
    SPACY_MODEL=FOLDER make bench SPACY=python3

The layers have the sizes that spaCy publishes in the `config.cfg` of en_core_web_sm 3.8: vectors of words and of contexts of 96
numbers, four convolutions, hidden layers of 64, entities with layers of their own. It is taught for one pass through the first
sentences of a Universal Dependencies treebank, with proper nouns for entities, so that its parser and its recognizer take the
steps that a taught one takes: good for measuring speed, and for nothing else. Needs spacy and spacy-lookups-data from PyPI.
"""

import random
import sys

import spacy
from spacy.tokens import Doc, Span
from spacy.training import Example

SENTENCES = 3000
WIDTH = 96


def words_in_context():
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def listener():
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}


def transitions(kind, layers):
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": layers,
    }


def treebank(path):
    """Lists of (word, space behind it, Penn tag, universal tag, head, label) of the sentences of a CoNLL-U file."""
    sentence = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 10:
                if sentence:
                    yield sentence
                sentence = []
            elif cells[0].isdigit():
                space = "SpaceAfter=No" not in cells[9]
                sentence.append((cells[1], space, cells[4], cells[3], int(cells[6]), cells[7].split(":")[0]))


def example(nlp, sentence):
    words, spaces, tags, _, heads, labels = zip(*sentence)
    heads = [index if head == 0 else head - 1 for index, head in enumerate(heads)]
    told = Doc(nlp.vocab, words, spaces, tags=tags, heads=heads, deps=labels)
    names, start = [], None
    for index, (_, _, _, tag, _, _) in enumerate([*sentence, ("", True, "", "", 0, "")]):
        if tag == "PROPN":
            start = index if start is None else start
        elif start is not None:
            names.append(Span(told, start, index, label="NAME"))
            start = None
    told.set_ents(names)
    return Example(Doc(nlp.vocab, words, spaces), told)


def main(path, folder):
    random.seed(0)
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    sentences = [s for _, s in zip(range(SENTENCES), treebank(path))]
    nlp.add_pipe("tok2vec", config={"model": words_in_context()})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener()}})
    nlp.add_pipe("parser", config={"model": transitions("parser", listener())})
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    nlp.add_pipe("ner", config={"model": transitions("ner", words_in_context())})
    examples = [example(nlp, sentence) for sentence in sentences]
    optimizer = nlp.initialize(lambda: examples)
    for tag, universal in sorted({(word[2], word[3]) for sentence in sentences for word in sentence}):
        ruler.add([[{"TAG": tag}]], {"POS": universal})
    random.shuffle(examples)
    with nlp.select_pipes(enable=["tok2vec", "tagger", "parser", "ner"]):
        for batch in spacy.util.minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer)
    nlp.meta["name"] = "pipeline_of_the_sizes_of_core_web_sm"
    nlp.to_disk(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
