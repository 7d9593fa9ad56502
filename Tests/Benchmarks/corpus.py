"""Ten thousand pages of guidance, the same each time: as a Signpost portal and as a Hugo site.

The text is made of phrases as they stand in guidance on child protection conferences. A page has about 12 KB:
headings with ids, paragraphs, lists, a table, links between pages, emphasis, and placeholders for facts and
contacts. The Hugo pages hold the values written out, which is less work for Hugo.
"""

import hashlib
import itertools
import json
import pathlib
import random
import shutil

SEED = 20261121
PAGES_PER_COUNCIL = 100
BYTES_PER_PAGE = 12_000

TOPICS = [
    ("before-the-meeting", "Before the meeting"), ("who-comes", "Who comes to the meeting"),
    ("on-the-day", "What happens on the day"), ("your-rights", "Your rights"),
    ("bring-someone", "Bringing someone with you"), ("the-report", "Reading the report first"),
    ("interpreters", "Interpreters and other formats"), ("your-child", "How your child can take part"),
    ("the-decision", "How the decision is made"), ("the-plan", "What is in the plan"),
    ("core-group", "The core group"), ("reviews", "Review meetings"), ("if-you-disagree", "If you disagree"),
    ("complaints", "How to complain"), ("recording", "Recording the meeting"), ("safety", "If you feel unsafe"),
    ("travel", "Getting there"), ("childcare", "Who looks after the children"), ("work", "Time off work"),
    ("after", "After the meeting"), ("records", "What is written down"), ("moving", "If you move"),
    ("help", "Who can help"), ("words", "Words you may hear"),
]
SUBJECTS = [
    "The chair", "Your social worker", "The health visitor", "A teacher from the school", "The conference",
    "Everyone at the meeting", "The police officer", "Your solicitor", "An advocate", "The core group",
    "A family member", "The person who takes notes", "Your child's doctor", "The independent chair",
]
VERBS = [
    "will ask you", "should tell you", "may want to hear", "must write down", "will explain", "can help you say",
    "has to decide", "will read out", "ought to check", "is there to make clear", "will share with everyone",
    "should give you time to say",
]
OBJECTS = [
    "what you think about the report", "what has changed since the last visit", "how your child is doing at school",
    "what support would help your family", "whether a plan is needed", "who else should be invited",
    "what worries people and what is going well", "which words you would like to have explained",
    "what needs to happen before the next meeting", "why the meeting was called", "how often visits will take place",
    "what you can do if you do not agree", "where you would like to sit", "when a break would help you",
]
ENDINGS = [
    "before the meeting starts", "in plain words", "so that nothing comes as a surprise", "without interrupting",
    "even if you have said it before", "and write it in the plan", "as soon as they can", "with your agreement",
    "if you ask for it", "in your own language", "at a time that suits you", "and give you a copy", "on the same day",
]


class Council:
    def __init__(self, number):
        self.number = number
        self.id = f"c{number:03}"
        self.name = f"Council {number:03}"
        seeded = random.Random(SEED * 1000 + number)
        self.arrive = seeded.choice([10, 15, 20, 30])
        self.interval = seeded.choice([4, 6, 8])
        self.report = seeded.choice([2, 3, 5])
        self.phone = f"01632 960{number % 1000:03}"
        self.helpline = f"0808 157 0{number % 1000:03}"

    @property
    def facts(self):
        return {
            "arrive-early": f"{self.arrive} minutes", "core-group-interval": f"{self.interval} weeks",
            "report-before": f"{self.report} working days",
        }

    @property
    def contacts(self):
        def link(number):
            return f"[{number}](tel:+44{number[1:].replace(' ', '')})"
        return {"chair": link(self.phone), "helpline": link(self.helpline)}


def page_name(index):
    return f"page-{index:03}"


def page_topics(index):
    """A page's sections; other pages link to them by id."""
    return [TOPICS[(index * 5 + step) % len(TOPICS)] for step in range(9)]


def sentence(seeded):
    return f"{seeded.choice(SUBJECTS)} {seeded.choice(VERBS)} {seeded.choice(OBJECTS)} {seeded.choice(ENDINGS)}."


def rich_sentence(seeded):
    """With emphasis, a link to another page or a web address."""
    kind = seeded.randrange(5)
    if kind == 0:
        return f"{seeded.choice(SUBJECTS)} {seeded.choice(VERBS)} **{seeded.choice(OBJECTS)}**, {seeded.choice(ENDINGS)}."
    if kind == 1:
        return f"You can *always* ask {seeded.choice(OBJECTS)}, {seeded.choice(ENDINGS)}."
    if kind == 2:
        return f"The law is on [the government's pages](https://www.gov.uk/guidance/{seeded.randrange(10 ** 6)})."
    page = seeded.randrange(PAGES_PER_COUNCIL)
    topic, title = seeded.choice(page_topics(page))
    return f"More about this: [{title.lower()}]({page_name(page)}.md#{topic})."


FACT_SENTENCES = [
    "Please arrive {{arrive-early}} before the start.", "The core group meets every {{core-group-interval}}.",
    "You should have the report {{report-before}} before the meeting.", "Phone {{contact chair}} with any question.",
    "If you need to talk to somebody at once, phone {{contact helpline}}.",
]


def page_body(council, index):
    """The page's Markdown with placeholders, without front matter."""
    seeded = random.Random(SEED + council.number * 1_000_003 + index)
    topics = page_topics(index)
    # A section ends with the block that fills its share, so the share is a little less than its part.
    share = int(BYTES_PER_PAGE * 0.855) // len(topics)
    parts = [" ".join(sentence(seeded) for _ in range(3))]
    facts = itertools.cycle(FACT_SENTENCES)
    for number, (topic, title) in enumerate(topics):
        section = [f"## {title} {{#{topic}}}"]
        while sum(map(len, section)) < share:
            kind = (number + len(section)) % 5
            if kind in (0, 2):
                words = [sentence(seeded) for _ in range(3)] + [rich_sentence(seeded)]
                words.insert(seeded.randrange(4), next(facts))
                section.append(" ".join(words))
            elif kind == 1:
                section.append("\n".join(f"- {sentence(seeded)}" for _ in range(4)))
            elif kind == 3:
                section.append("\n".join(f"{step}. {rich_sentence(seeded)}" for step in range(1, 5)))
            else:
                rows = "\n".join(
                    f"| {seeded.choice(SUBJECTS)} | {seeded.choice(OBJECTS)} | {seeded.choice(ENDINGS)} |"
                    for _ in range(4))
                section.append(f"### Who does what\n\n| Who | What | When |\n|---|---|---|\n{rows}")
        parts.append("\n\n".join(section))
    return "\n\n".join(parts) + "\n"


def front_matter(title, order, extra=""):
    return f"---\ntitle: {title}\n{extra}order: {order}\nsummary: What families ask about it.\nreviewed: 2026-11-01\n---\n"


def page_title(index):
    return f"{page_topics(index)[0][1]} ({index + 1})"


def hugo_body(text, council):
    """The same page with every value written out, and links as Hugo's pages lie."""
    for name, value in council.facts.items():
        text = text.replace("{{%s}}" % name, value)
    for name, value in council.contacts.items():
        text = text.replace("{{contact %s}}" % name, value)
    return text.replace("](page-", "](../page-").replace(".md#", "/#")


COUNCIL_YML = """name: {name}
short-name: {name}
nation: england
languages: [en]
website: https://www.example.gov.uk/{id}
facts:
  arrive-early: {{label: How early to arrive, value: {arrive} minutes, source: leaflet, checked: 2026-11-01}}
  core-group-interval: {{label: How often the core group meets, value: {interval} weeks, source: leaflet, checked: 2026-11-01}}
  report-before: {{label: When the report comes, value: {report} working days, source: leaflet, checked: 2026-11-01}}
contacts:
  chair:
    name: The conference chair
    purpose: Questions about the conference
    group: conference
    phone: {phone}
    email: chair@{id}.example.gov.uk
    source: leaflet
    checked: 2026-11-01
  helpline:
    name: Family helpline
    group: conference
    phone: {helpline}
    source: leaflet
    checked: 2026-11-01
accessibility:
  contact: chair
  response-time: 10 working days
  status: partially
  prepared: 2026-11-01
  reviewed: 2026-11-01
  tested-by: a benchmark
"""

PORTAL_YML = """name: Child protection conferences
base-url: https://guidance.example.org
languages: [en]
description: Guidance for families.
contact-groups:
  conference: If you have a question about your conference
"""

HUGO_CONFIG = """baseURL = "https://guidance.example.org/"
title = "Child protection conferences"
locale = "en-GB"
enableRobotsTXT = true
disableHugoGeneratorInject = true
disableKinds = ["taxonomy", "term", "rss"]
[params]
description = "Guidance for families."
[markup.tableOfContents]
startLevel = 2
endLevel = 2
"""


def generate(folder: pathlib.Path, pages: int, theme: pathlib.Path, layouts: pathlib.Path):
    """Writes `signpost/content` and `hugo`, unless they are there already; returns both."""
    councils = max(1, pages // PAGES_PER_COUNCIL)
    portal, hugo = folder / "signpost", folder / "hugo"
    source = pathlib.Path(__file__).read_bytes() + b"".join(
        file.read_bytes() for base in (theme, layouts) for file in sorted(base.rglob("*")) if file.is_file())
    stamp = folder / "corpus.json"
    want = json.dumps({"pages": pages, "source": hashlib.sha256(source).hexdigest()})
    if stamp.exists() and stamp.read_text() == want:
        return portal / "content", hugo
    for old in (portal, hugo):
        shutil.rmtree(old, ignore_errors=True)
    write(portal / "content/portal.yml", PORTAL_YML)
    write(hugo / "hugo.toml", HUGO_CONFIG)
    shutil.copytree(layouts, hugo / "layouts")
    shutil.copytree(theme / "assets", hugo / "assets")
    for number in range(councils):
        council = Council(number)
        write(portal / f"content/councils/{council.id}/council.yml",
              COUNCIL_YML.format(**vars(council)))
        write(hugo / f"content/{council.id}/_index.md",
              f"---\ntitle: {council.name}\nphone: {council.phone}\nhelpline: {council.helpline}\n---\n")
        for index in range(PAGES_PER_COUNCIL):
            title, body = page_title(index), page_body(council, index)
            write(portal / f"content/councils/{council.id}/{page_name(index)}.md",
                  front_matter(title, index + 1) + body)
            write(hugo / f"content/{council.id}/{page_name(index)}.md",
                  front_matter(title, index + 1, f"weight: {index + 1}\n") + hugo_body(body, council))
    stamp.write_text(want)
    return portal / "content", hugo


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
