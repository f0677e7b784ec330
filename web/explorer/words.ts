/** Every English text of the explorer, in one file for translation. */

const count = (number: number, one: string, many: string) =>
  `${formatNumber(number)} ${number === 1 ? one : many}`;

/** A number with its thousands apart, as English writes it. */
export function formatNumber(number: number): string {
  return number.toLocaleString("en-GB");
}

export const words = {
  name: "AllyGraph",
  claim: "Who supports whom, with what, and who says so.",
  home: "AllyGraph: start page",
  skip: "Skip to the view",

  views: {
    label: "Views",
    network: "Network",
    map: "Map",
    matrix: "Matrix",
    table: "Table",
    totals: "Totals",
  },

  supports: (number: number) => count(number, "support", "supports"),
  actors: (number: number) => count(number, "actor", "actors"),
  edges: (number: number) => count(number, "edge", "edges"),
  kinds: (number: number) => count(number, "kind", "kinds"),
  edge: (edge: {
    from: string;
    to: string;
    certain: number;
    possible: number;
    kinds: string[];
    contested: boolean;
  }) =>
    [
      `${edge.from} to ${edge.to}`,
      count(edge.certain, "support", "supports"),
      ...(edge.possible > 0 ? [`${formatNumber(edge.possible)} possible`] : []),
      ...edge.kinds.map((kind) => kind.toLowerCase()),
      ...(edge.contested ? ["contested"] : []),
    ].join(", "),
  statements: (number: number) => count(number, "statement", "statements"),

  phases: {
    PREDICTED: "Predicted",
    PLEDGED: "Pledged",
    AGREED: "Agreed",
    ALLOCATED: "Allocated",
    DELIVERED: "Delivered",
  },
  attributions: {
    CERTAIN: "Supporter known",
    SOME_OF: "Some of several candidates",
    UNKNOWN: "Supporter unknown",
  },
  stances: { ASSERTS: "Asserts", DENIES: "Denies", QUESTIONS: "Questions" },
  actorKinds: {
    STATE: "State",
    ORGANISATION: "Organisation",
    GOVERNMENT_BODY: "Government body",
    ARMED_GROUP: "Armed group",
    RESEARCH_INSTITUTE: "Research institute",
    NEWS_OUTLET: "News outlet",
    PERSON: "Person",
  },
  successions: {
    CONTINUES: "continues",
    SPLITS_FROM: "split from",
    MERGES_INTO: "merged into",
    RENAMED: "renamed",
  },
  codeSchemes: {
    ISO_3166_1_ALPHA_2: "ISO 3166-1 alpha-2",
    ISO_3166_1_ALPHA_3: "ISO 3166-1 alpha-3",
    COW: "Correlates of War",
    GLEDITSCH_WARD: "Gleditsch-Ward",
    UCDP_ACTOR: "UCDP actor",
    WIKIDATA: "Wikidata",
    VDEM: "V-Dem",
  },
  units: {
    PERSONS: "persons",
    PIECES: "pieces",
    ROUNDS: "rounds",
    TONNES: "tonnes",
    PER_CENT: "%",
    CURRENCY: "",
    TIV: "million TIV",
  },
  reliabilities: {
    A: "Completely reliable",
    B: "Usually reliable",
    C: "Fairly reliable",
    D: "Not usually reliable",
    E: "Unreliable",
    F: "Cannot be judged",
  },
  credibilities: [
    "Confirmed",
    "Probably true",
    "Possibly true",
    "Doubtful",
    "Improbable",
    "Cannot be judged",
  ],

  filters: {
    label: "Filters",
    kind: "Support",
    phase: "Phase",
    dataset: "Data set",
    conflict: "Conflict",
    who: "Who says so",
    contested: "Contested only",
    moreConflicts: (number: number) => `Show all ${formatNumber(number)} conflicts`,
    fewerConflicts: "Show fewer",
    grade: "Best source (reliability)",
    noGrade: "No source here is graded.",
    credibility: "Best statement (credibility)",
    noCredibility: "No statement here is graded.",
    attribution: "Who gives it",
    clear: "Clear all",
    shown: (shown: number, all: number) =>
      `${formatNumber(shown)} of ${formatNumber(all)} supports shown`,
    unknownTime: (number: number) =>
      `${count(number, "support", "supports")} left out: not known whether in these years`,
    narrower: (kind: string) => `Narrower kinds of ${kind}`,
    around: "Around",
    hops: "Hops",
    remove: (name: string) => `Remove ${name}`,
    moreDatasets: "Show all data sets",
  },

  search: {
    label: "Search",
    placeholder: "Search actors, conflicts, statements, data sets",
    none: (text: string) => `No results for "${text}".`,
    results: (number: number) => count(number, "suggestion", "suggestions"),
    found: (shown: number, all: number) =>
      shown < all
        ? `${formatNumber(shown)} of ${formatNumber(all)} suggestions`
        : count(all, "suggestion", "suggestions"),
    failed: "The search failed.",
    gives: (supporter: string, recipient: string) => `${supporter} → ${recipient}`,
    types: {
      ACTOR: "Actor",
      CONFLICT: "Conflict",
      SUPPORT: "Support",
      STATEMENT: "Statement",
      SOURCE: "Source",
      DATASET: "Data set",
    },
  },

  time: {
    label: "Time and revision",
    from: "From",
    to: "To",
    all: "All years",
    play: "Play the years",
    pause: "Pause",
    clear: "All years",
    histogram: (from: number, to: number) => `Supports in each year from ${from} to ${to}`,
    bar: (year: number, supports: number) => `${year}: ${count(supports, "support", "supports")}`,
    begunBefore: (year: number, supports: number) =>
      `${count(supports, "support", "supports")} may have begun before ${year}, when the data on them begin`,
    goingOn: (year: number, supports: number) =>
      `${count(supports, "support", "supports")} may go on after ${year}, when the data on them end`,
    none: "No support here has a date",
    asOf: "As of",
    today: "today",
    revision: (number: number) => `revision ${number}`,
    asOfWarning: (number: number) => `You see the data as of revision ${number}.`,
    backToToday: "Back to today",
    live: "Follows changes",
    cutOff: "Cut off: changes are not followed",
  },

  details: {
    label: "Details",
    none: "Select an actor or an edge to read who says so.",
    close: "Close details",
    gives: "gives to",
    only: (kind: string) => `${kind} only`,
    allKinds: "All kinds",
    given: "Gives",
    received: "Receives",
    nothing: "Nothing that fits the filters",
    possibly: (number: number) => `${formatNumber(number)} possibly`,
    names: "Also called",
    codes: "Codes",
    succession: "Succession",
    memberOf: "Member of",
    focus: "Show its network",
    showTable: "Show as table",
    perYear: (name: string) => `Supports of ${name} in each year`,
    chart: { given: "gives", received: "receives" },
    since: "since",
    until: "until",
    before: "or before",
    after: "or later",
    undated: "No date is stated",
    agreed: "agreed",
    conflict: "Conflict",
    against: "Against",
    place: "Place",
    mutual: "Mutual: each is bound by it",
    inReturnFor: "In return for",
    dataset: "Data set",
    licence: "Licence",
    row: "Row",
    candidates: (least: number | null, all: number) =>
      least === null ? `Some of ${all} candidates` : `At least ${least} of ${all} candidates`,
    unknownSupporter: "The supporter is not known",
    contested: "Contested",
    contestedBy: (asserting: number, against: number) =>
      `${count(asserting, "statement asserts", "statements assert")} it, ${against} ${against === 1 ? "denies or questions" : "deny or question"} it`,
    noEvidence: "The data set states it. No statement is recorded.",
    claims: "claims",
    quoted: "Verbatim",
    paraphrase: "Paraphrase",
    onBehalfOf: "for",
    correctedBy: "Corrected by",
    corrects: "Corrects",
    note: "Curator's note",
    grade: "Grade",
    ungraded: "not graded",
    source: "Source",
    more: (number: number) => `${formatNumber(number)} more in the table`,
    estimated: "estimated",
    noSuchActor: "No actor has this address.",
    noSuchRecord: "No record has this address.",
    about: "Supports that it is about",
    aboutNothing: "No support is linked to this statement.",
    showEdge: "Show all between the two",
    reads: "Open the source",
    noSuchEdge: "No support fits: the filters may leave it out.",
    everyFilter: "Show without filters",
  },

  dataset: {
    none: "No data set has this address.",
    open: (title: string) => `About ${title}`,
    version: (version: string) => `Version ${version}`,
    only: "Show only this data set",
    publisher: "Publisher",
    licence: "Licence",
    doi: "DOI",
    site: "Address",
    published: "Published",
    retrieved: "Retrieved",
    scope: "Scope",
    unit: "Unit of observation",
    covers: "Years covered",
    from: (from: string) => `from ${from}`,
    until: (until: string) => `until ${until}`,
    kinds: "Kinds of support distinguished",
    coverage: "Actors and roles covered",
    partOf: "Part of",
    partOfHint: "Never add the two: the sums of the other contain this one.",
    parts: "Its parts",
    mapping: "Version of the mapping",
    phases: "Supports by phase",
    counts: "Counts of the import",
    cite: "How to cite it",
    bibtex: "BibTeX",
    exports: "Download",
    csv: "Supports as CSV",
    jsonl: "Supports as lines of JSON",
    gexf: "Network as GEXF",
  },

  network: {
    label: (actors: number, edges: number) =>
      `Network of ${count(actors, "actor", "actors")} and ${count(edges, "edge", "edges")}. Arrow keys walk from edge to edge around an actor, Space goes to the other end, Enter opens.`,
    tooMuch: (shown: number, all: number) =>
      `The ${formatNumber(shown)} strongest of ${formatNumber(all)} edges are drawn.`,
    draw: (number: number) => `Draw ${formatNumber(number)}`,
    byKind: "Weapons only",
    byTime: "The last ten years",
    byActor: (name: string) => `Around ${name}`,
    size: "Size",
    tools: "Zoom",
    sizes: { both: "given and received", given: "given", received: "received", same: "all alike" },
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    fit: "Fit to the window",
    undo: "Undo",
    release: "Lay out anew",
    legend: "Legend",
    mutual: "both ways",
    possible: "possible supporter",
    contested: "contested",
    begunBefore: "may have begun earlier",
    goingOn: "may go on",
    walk: (from: string, to: string, label: string) => `${from} to ${to}: ${label}`,
  },

  table: {
    label: (number: number) => `Table of ${count(number, "support", "supports")}`,
    columns: {
      supporter: "Supporter",
      recipient: "Recipient",
      kind: "Kind",
      phase: "Phase",
      quantity: "Quantity",
      worth: "Worth",
      startedOn: "From",
      endedOn: "Until",
      dataset: "Data set",
      contested: "Contested",
    },
    sortBy: (column: string) => `Sort by ${column}`,
    yes: "contested",
    unknown: "not known",
    someOf: (number: number) => `some of ${number}`,
    loadingMore: "Loading more rows",
  },

  matrix: {
    label: (supporters: number, recipients: number) =>
      `Matrix of ${count(supporters, "supporter", "supporters")} by ${count(recipients, "recipient", "recipients")}. Arrow keys lead from cell to cell, Enter opens one.`,
    corner: "Supporter ↓ gives to →",
    order: "Order",
    orders: { number: "by number of supports", name: "by name", cluster: "alike together" },
  },

  map: {
    label: (states: number, edges: number) =>
      `Map of ${count(states, "state", "states")} and ${count(edges, "edge", "edges")}. Arrow keys lead from edge to edge, Enter opens one.`,
    beside: "Beside the map",
    reasons: {
      noState: "Organisations, groups and persons: without a place",
      noCode: "States that are no more, or without an ISO code",
      tooSmall: "States too small for this map",
    },
    more: (number: number) => `${formatNumber(number)} more`,
  },

  totals: {
    of: "Count",
    by: "A bar for each",
    supports: "Number of supports",
    quantity: (unit: string) => (unit === "%" ? "Quantity in per cent" : `Quantity in ${unit}`),
    worth: (unit: string) => `Worth in ${unit}`,
    bys: {
      supporter: "supporter",
      recipient: "recipient",
      kind: "kind",
      year: "year",
      "supporter-year": "supporter and year",
    },
    written: "No data set",
    only: "Only this",
    partOf: (title: string) => `Part of "${title}": never add the two.`,
    possibly: (number: string) => `+ ${number} possibly`,
    certain: "Certain",
    possible: "Possible",
    low: "At least",
    high: "At most",
    year: "Year",
    unknown: "Not known",
    unknownYear: (text: string) => `Year not known: ${text}`,
    most: (text: string, year: number) => `most in ${year}: ${text}`,
    chart: (what: string, data: string, phase: string) => `${what}: ${data}, ${phase}`,
    numbers: (number: number) => `All numbers (${count(number, "row", "rows")})`,
    longest: (shown: number, all: number) =>
      `The ${formatNumber(shown)} longest of ${formatNumber(all)}`,
    cut: (shown: number, all: number) =>
      `The largest ${formatNumber(shown)} of ${formatNumber(all)} sums are here; smaller ones are missing. Choose a data set, a kind or some years to see all.`,
    source: "Source",
    why: "Why is there no grand total?",
    whyText: [
      "Two data sets may count one delivery twice, and what is pledged is delivered later: their sum would be a number of nothing. So each data set and each phase has a chart with a scale of its own.",
      "Amounts are added only within one unit or one currency. Asked for more, the API refuses:",
    ],
    refusal:
      "To select `worth`, add UNIT to groupBy: amounts of two units are never added together.",
    whyYears:
      "A support counts in each year in which it is certainly valid, so the years of a supporter add up to more than its supports. An amount counts in one year only, that of its date.",
    whyPossible:
      "Pale: supports that some of several candidates give. Each candidate has them, so these do not add up either.",
  },

  actions: {
    label: "This view",
    asked: "How was this asked?",
    download: "Download",
    csv: "Supports as CSV",
    gexf: "Network as GEXF, for Gephi",
    graphml: "Network as GraphML",
    svg: "Drawing as SVG",
    cite: "Cite",
    copy: "Copy",
    copied: "Copied",
    close: "Close",
    citation: (title: string, revision: number, address: string, date: string) =>
      `AllyGraph, revision ${revision}: ${title}. ${address} (${date}).`,
    bibtex: "BibTeX",
    thisView: "This view",
    thisData: "Its data",
    menu: "More",
    filters: "Filters",
    details: "Details",
    keys: "Keys",
    about: "APIs and data",
  },

  story: {
    open: "The story of the first visit",
    place: (place: number, all: number) => `${place} of ${all}`,
    next: "Next",
    back: "Back",
    skip: "Skip",
    end: "Explore by yourself",
    whoSaysSo: "Who says so?",
    /** Each is a title and a text, in the order of `story/steps.ts`. */
    steps: [
      [
        "Who is behind whom?",
        "One news article of 2024 claims nine supports between six actors. Each arrow leads to the receiver, and its colour is the kind of support.",
      ],
      [
        "Who supports Russia",
        "According to NATO's Secretary General, China supports Russia's economy, and Iran sends drones and missiles. Select a line to read the exact words in the details.",
      ],
      [
        "North Korea sends soldiers",
        "One speaker says thousands, another 12,000. Both stand beside each other, with who said it and where. Nothing is averaged.",
      ],
      [
        "What Russia gives in return",
        "Money is pledged: the line is dashed. Military technology is predicted: the line is dotted. Solid lines are deliveries.",
      ],
      [
        "And on the other side",
        "NATO supports Ukraine. Change what you see with the filters, the years and the search; the address of the page is your question, to keep or to send.",
      ],
    ] as [title: string, text: string][],
  },

  record: {
    open: "Record a statement",
    title: "Record a statement",
    intro: "Who said what, where, and what that claims about support. Everybody can read it.",
    source: "Source",
    sourceTitle: "Title of the article, report or page",
    sourceUrl: "Address",
    publishedOn: "Published on",
    reliability: "Reliability of the source",
    ungraded: "Not graded",
    said: "What was said",
    speaker: "Who said it",
    words: "The words",
    quoted: "Verbatim, not a paraphrase",
    saidOn: "Said on",
    credibility: "Credibility of the statement",
    claim: "What it claims",
    stance: "Stance",
    supporter: "Who gives",
    recipient: "Who receives",
    kind: "Kind of support",
    choose: "Choose",
    phase: "Phase",
    amount: "Amount claimed",
    unit: "Unit",
    units: {
      PERSONS: "persons",
      PIECES: "pieces",
      ROUNDS: "rounds",
      TONNES: "tonnes",
      PER_CENT: "per cent",
      MONEY: "money",
    },
    currency: "Currency",
    startedOn: "Start date",
    dates: "Dates as exact as they are known: 2024, 2024-10, 2024-10-28, 198X, 2019~.",
    newActor: "Not among the suggestions: recorded as a new actor of this kind.",
    kindOf: (label: string) => `${label}: kind of the new actor`,
    token: "Permission",
    tokenLabel: "Token",
    tokenHint:
      "Writing needs a token with the role editor, from the operator of this service. It is kept in this tab until you close it, and sent to this service only.",
    preview: "To be recorded:",
    sentence: (claim: {
      speaker: string;
      stance: string;
      supporter: string;
      recipient: string;
      kind: string;
      phase: string;
    }) =>
      `${claim.speaker} ${claim.stance.toLowerCase()}: ${claim.supporter} → ${claim.recipient}, ${claim.kind.toLowerCase()}, ${claim.phase.toLowerCase()}`,
    send: "Record",
    sending: "Recording",
    invalidToken:
      "This token is not valid. It may have expired, been revoked or been copied incompletely.",
    forbidden: (message: string) => `This token may read but not write. ${message}`,
    readOnly: "The service cannot write at present; its database may be read-only.",
    unreachable:
      "The service cannot be reached. Send it again: if it has arrived already, it is not recorded twice.",
  },

  about: {
    title: "APIs and data",
    graphiql: "GraphiQL: write queries and run them",
    rest: "REST: the reference, with requests to try",
    schema: "GraphQL schema",
    openapi: "OpenAPI document",
    health: "Health of this service",
    add: "Add data",
    addText:
      "Each data set is one command. In a clone, allygraph is .venv/bin/python -m service.cli. Download the files from their publishers.",
    sets: [
      ["The states since 1816", "allygraph seed countries"],
      ["UCDP External Support Dataset", "allygraph import ucdp-esd FILE --create-missing"],
      ["Ukraine Support Tracker", "allygraph import kiel FILE... --create-missing"],
      ["SIPRI Arms Transfers Database", "allygraph import sipri FILE --create-missing"],
      ["Alliance Treaty Obligations and Provisions", "allygraph import atop FILE --create-missing"],
    ],
  },

  keys: {
    title: "Keys",
    list: [
      ["/", "Search"],
      ["1 to 5", "Change the view"],
      ["Arrow keys", "Walk from edge to edge, or from row to row"],
      ["Enter", "Open what is marked"],
      ["Esc", "Close the details"],
      ["?", "This list"],
    ],
  },

  states: {
    loading: "Loading",
    empty: "Nothing fits this question.",
    emptyHint: "Widen it:",
    noData: "There are no supports yet.",
    noDataHint: "Load a data set; each is one command.",
    error: "The service could not answer.",
    errorHint: "The rest of the page still works.",
    unreachable: "The service cannot be reached.",
    retry: "Try again",
  },
};
