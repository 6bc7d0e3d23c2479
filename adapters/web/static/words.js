// What the page itself says. Everything else comes from the desk, in the reader's language.

const EN = {
  role_sales: "Sales manager", role_management: "Management", role_group: "Group contact", role_admin: "Administrator",
  message_as: "Message as {name}", conversation: "Conversation of {name}", language: "Language",
  placeholder: "Type an answer or a command", send: "Send", newest: "Newest message",
  hello: "Hello {name}. Press one of these, or type the word:",
  hello_sales: "You are {name}, just back from a customer. Press, or type the word:",
  hello_management: "You are {name}, of management. When Sam has assessed a sales opportunity, it is put before you here.",
  more: "Older messages are not shown here.",
  step: "Question {step} of {steps}", optional: "optional", unread: "new messages",
  sending: "sending", wait_one: "1 message waits to be sent.", wait_many: "{count} messages wait to be sent.",
  connecting: "Connecting …", lost: "No connection. Trying again … What you type is kept.",
  store: "That could not be saved just now. Trying again …",
  stranger: "This link opens no chat. It is incomplete, or it was withdrawn: ask your administrator for a new one.",
  origin: "This page may not connect from here. Open the address that your administrator gave you.",
  no_token: "This chat opens with your own link only: it goes on behind the # sign. Ask your administrator for it.",
  too_long: "That is too long to send: {count} characters. At most {limit}.",
  not_understood: "The desk did not understand what this page sent. Please reload the page.",
  attach: "Attach files", attached: "Attached files", drop: "Let go to attach", leave_out: "Leave out {name}",
  file_many: "At most {count} files go with one message. Left out: {name}.",
  file_large: "{name} is too large: {size}. At most {limit} are taken.",
  file_empty: "{name} is empty: there is nothing to send.",
  file_unread: "{name} can't be read. Attach it again.",
  file_kind: "{name} is not taken: it is a program, or of a kind that dealdesk does not know.",
  file_gone: "Your files did not arrive: the page was loaded anew meanwhile. Attach them again.",
  mend: "Please look at the marked fields.", chosen: "chosen", today: "Today", yesterday: "Yesterday",
};

const DE = {
  role_sales: "Vertrieb", role_management: "Geschäftsleitung", role_group: "Ansprechpartner der Gruppe", role_admin: "Administrator",
  message_as: "Nachricht als {name}", conversation: "Unterhaltung von {name}", language: "Sprache",
  placeholder: "Antwort oder Befehl eintippen", send: "Senden", newest: "Neueste Nachricht",
  hello: "Hallo {name}. Drücke eines davon oder tippe das Wort:",
  hello_sales: "Du bist {name} und kommst gerade vom Kunden. Drücke, oder tippe das Wort:",
  hello_management: "Du bist {name} aus der Geschäftsleitung. Hat Sam eine Verkaufschance bewertet, wird sie dir hier vorgelegt.",
  more: "Ältere Nachrichten werden hier nicht gezeigt.",
  step: "Frage {step} von {steps}", optional: "freiwillig", unread: "neue Nachrichten",
  sending: "wird gesendet", wait_one: "1 Nachricht wartet auf das Senden.", wait_many: "{count} Nachrichten warten auf das Senden.",
  connecting: "Verbinde …", lost: "Keine Verbindung. Neuer Versuch … Was du tippst, bleibt erhalten.",
  store: "Das ließ sich gerade nicht speichern. Neuer Versuch …",
  stranger: "Dieser Link öffnet keinen Chat. Er ist unvollständig oder wurde zurückgezogen: Bitte deinen Administrator um einen neuen.",
  origin: "Diese Seite darf sich von hier nicht verbinden. Öffne die Adresse, die du vom Administrator hast.",
  no_token: "Dieser Chat öffnet sich nur mit deinem eigenen Link: Er geht hinter dem #-Zeichen weiter. Bitte deinen Administrator darum.",
  too_long: "Das ist zu lang zum Senden: {count} Zeichen. Höchstens {limit}.",
  not_understood: "Die Gegenseite hat diese Seite nicht verstanden. Bitte lade die Seite neu.",
  attach: "Dateien anhängen", attached: "Angehängte Dateien", drop: "Zum Anhängen loslassen", leave_out: "{name} weglassen",
  file_many: "Mit einer Nachricht gehen höchstens {count} Dateien. Weggelassen: {name}.",
  file_large: "{name} ist zu groß: {size}. Höchstens {limit} werden angenommen.",
  file_empty: "{name} ist leer: Es gibt nichts zu senden.",
  file_unread: "{name} lässt sich nicht lesen. Hänge die Datei noch einmal an.",
  file_kind: "{name} wird nicht angenommen: Es ist ein Programm oder von einer Art, die dealdesk nicht kennt.",
  file_gone: "Deine Dateien kamen nicht an: Die Seite wurde inzwischen neu geladen. Hänge sie noch einmal an.",
  mend: "Bitte sieh dir die markierten Felder an.", chosen: "gewählt", today: "Heute", yesterday: "Gestern",
};

export class Words {
  constructor(language) { this.use(language); }
  // A further language is the playbook's: what it leaves out is said in English.
  use(language, further) {
    this.language = language === "de" || further ? language : "en";
    this.phrases = this.language === "de" ? DE : { ...EN, ...further };
  }
  say(key, gaps = {}) {
    return (this.phrases[key] ?? key).replace(/\{(\w+)\}/g, (_, gap) => gaps[gap] ?? "");
  }
  knows(key) { return key in this.phrases; }
  file({ name, size }) { return `${name} · ${this.size(size)}`; }
  size(bytes) {
    const [unit, step] = bytes < 1024 ? ["byte", 1] : bytes < 1024 ** 2 ? ["kilobyte", 1024] : ["megabyte", 1024 ** 2];
    const options = { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 };
    return new Intl.NumberFormat(this.locale, options).format(bytes / step);
  }
  get locale() { return { de: "de-DE", en: "en-GB" }[this.language] ?? this.language.replace("_", "-"); }
  time(at, zone) {
    return this.format(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
  day(at, zone) {
    const name = (ms) => this.format(ms, zone, { dateStyle: "full" });
    const day = name(at);
    if (day === name(Date.now())) return this.say("today");
    return day === name(Date.now() - 86_400_000) ? this.say("yesterday") : day;
  }
  format(at, zone, options) {
    const { locale } = this;
    try { return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(at); } catch { return new Intl.DateTimeFormat(locale, options).format(at); }
  }
}
