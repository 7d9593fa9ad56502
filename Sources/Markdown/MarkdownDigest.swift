import Workspace

extension Passage: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(inlines)
        digest.add(translation)
        digest.add(range)
    }
}

extension TranslationState: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .current: digest.add(number: 0)
        case .stale: digest.add(number: 1)
        case .replaced: digest.add(number: 2)
        case .missing: digest.add(number: 3)
        }
    }
}

extension Inline: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .text(let text):
            digest.add(number: 0)
            digest.add(text)
        case .lineBreak: digest.add(number: 1)
        case .code(let text):
            digest.add(number: 2)
            digest.add(text)
        case .emphasis(let content):
            digest.add(number: 3)
            digest.add(content)
        case .strong(let content):
            digest.add(number: 4)
            digest.add(content)
        case .strikethrough(let content):
            digest.add(number: 5)
            digest.add(content)
        case .link(let link):
            digest.add(number: 6)
            digest.add(link)
        case .image(let image):
            digest.add(number: 7)
            digest.add(image)
        case .placeholder(let placeholder):
            digest.add(number: 8)
            digest.add(placeholder)
        case .value(let value):
            digest.add(number: 9)
            digest.add(value)
        case .footnote(let label):
            digest.add(number: 10)
            digest.add(label)
        }
    }
}

extension Inline.Link: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(destination)
        digest.add(title)
        digest.add(content)
    }
}

extension Inline.Image: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(source)
        digest.add(title)
        digest.add(alternative)
    }
}

extension Inline.Placeholder: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(name)
        digest.add(range)
    }
}

extension Inline.Value: Digestible {
    package func digest(into digest: inout Digest) {
        switch kind {
        case .words: digest.add(number: 0)
        case .literal: digest.add(number: 1)
        case .term: digest.add(number: 2)
        }
        digest.add(text)
        digest.add(destination)
        digest.add(name)
    }
}

extension Block: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(content)
        digest.add(range)
        digest.add(attributes)
    }
}

extension Block.Content: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .paragraph(let passage):
            digest.add(number: 0)
            digest.add(passage)
        case .heading(let level, let passage):
            digest.add(number: 1)
            digest.add(level)
            digest.add(passage)
        case .list(let list):
            digest.add(number: 2)
            digest.add(list)
        case .quote(let blocks):
            digest.add(number: 3)
            digest.add(blocks)
        case .code(let info, let text):
            digest.add(number: 4)
            digest.add(info)
            digest.add(text)
        case .thematicBreak: digest.add(number: 5)
        case .table(let table):
            digest.add(number: 6)
            digest.add(table)
        case .callout(let kind, let blocks):
            digest.add(number: 7)
            digest.add(kind.rawValue)
            digest.add(blocks)
        case .footnote(let label, let blocks):
            digest.add(number: 8)
            digest.add(label)
            digest.add(blocks)
        }
    }
}

extension Block.List: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(start)
        digest.add(isTight)
        digest.add(items)
    }
}

extension Block.Item: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(blocks)
        digest.add(attributes)
    }
}

extension Block.Table: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(number: alignments.count)
        for alignment in alignments {
            switch alignment {
            case .none: digest.add(number: 0)
            case .start: digest.add(number: 1)
            case .centre: digest.add(number: 2)
            case .end: digest.add(number: 3)
            }
        }
        digest.add(header)
        digest.add(rows)
    }
}

extension Attributes: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(conditions)
        digest.add(removes)
        digest.add(after)
        digest.add(isYourTurn)
        digest.add(isYourSeat)
        digest.add(deadline)
        digest.add(answer)
        digest.add(isEasy)
        digest.add(picture)
        digest.add(ignoredRules)
        digest.add(reason)
        digest.add(range)
    }
}

extension Answer: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .lines(let count):
            digest.add(number: 0)
            digest.add(count)
        case .drawing: digest.add(number: 1)
        }
    }
}

extension Condition: Digestible {
    package func digest(into digest: inout Digest) {
        switch subject {
        case .fact(let name):
            digest.add(number: 0)
            digest.add(name)
        case .contact(let name):
            digest.add(number: 1)
            digest.add(name)
        case .nation(let name):
            digest.add(number: 2)
            digest.add(name)
        }
        digest.add(isNegated)
        digest.add(range)
    }
}

extension Destination: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .address(let text):
            digest.add(number: 0)
            digest.add(text)
        case .page(let path, let section):
            digest.add(number: 1)
            digest.add(path)
            digest.add(section)
        case .file(let path):
            digest.add(number: 2)
            digest.add(path)
        }
    }
}
