import Workspace

/// Columns of text, padded to the widest entry of each.
package struct TextTable {
    private var rows: [[String]] = []

    package init() {}

    package mutating func add(_ cells: String...) {
        rows.append(cells.map { HiddenCharacters.shown($0).replacing("\n", with: " ") })
    }

    package func text(indent: String = "") -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.unicodeScalars.count + 2)
                }
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
