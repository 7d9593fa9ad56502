import Markdown
import Translations
import Workspace

extension Language: Digestible {
    /// Its tag: there is one of each.
    package func digest(into digest: inout Digest) { digest.add(tag) }
}

extension ReviewState: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .draft: digest.add(number: 0)
        case .reviewed(let name, let date):
            digest.add(number: 1)
            digest.add(name)
            digest.add(date)
        }
    }
}

extension InterfaceStrings: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(fingerprint)
        digest.add(hasMarks)
    }
}

extension Edition: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(portal)
        digest.add(council)
        digest.add(language)
        digest.add(sourceLanguage)
        digest.add(latin)
        digest.add(pages)
        digest.add(contactGroups)
        digest.add(footerContacts)
        digest.add(accessibility)
        digest.add(councilLocation)
        digest.add(alternatives)
        digest.add(review)
        digest.add(notice)
        digest.add(strings)
        digest.add(today)
        digest.add(assets)
        digest.add(withheld)
        digest.add(held)
        for (message, passage) in heldTexts.sorted(by: { $0.key < $1.key }) {
            digest.add(message)
            digest.add(passage)
        }
        digest.add(homeQuestions)
        digest.add(homeContacts)
        digest.add(sideBySide)
        digest.add(firstContact)
        digest.add(phonesSocialWorkerFirst)
        digest.add(namesSocialWorker)
    }
}

extension HeldPassage: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(page)
        digest.add(message)
        digest.add(previous)
        digest.add(languages)
        digest.add(since)
        digest.add(location)
    }
}

extension PortalIdentity: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(name)
        digest.add(description)
        digest.add(baseURL)
        digest.add(isSingleCouncil)
        digest.add(allowsSearchEngines)
        digest.add(exit)
    }
}

extension PortalIdentity.ExitSettings: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(url)
        digest.add(audiences.map(\.rawValue).sorted())
    }
}

extension CouncilIdentity: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(name)
        digest.add(shortName)
        digest.add(nation.rawValue)
        digest.add(website)
        digest.add(validFrom)
        digest.add(validTo)
        digest.add(successors)
        digest.add(informationFrom)
        digest.add(brand)
    }
}

extension CouncilIdentity.Successor: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(name)
        digest.add(url)
        digest.add(area)
    }
}

extension CouncilIdentity.Brand: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(colour)
        digest.add(darkColour)
        digest.add(logo)
        digest.add(location)
    }
}

extension Page: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(path)
        digest.add(kind.rawValue)
        digest.add(audience.rawValue)
        digest.add(reader?.rawValue)
        digest.add(title)
        digest.add(sourceTitle)
        digest.add(summary)
        digest.add(order)
        digest.add(reviewed)
        digest.add(reviewDue)
        digest.add(aliases)
        digest.add(aliasLocations)
        digest.add(formerIDs)
        digest.add(introduction)
        digest.add(sections)
        digest.add(coverage)
        digest.add(file)
        switch standing {
        case .published: digest.add(number: 0)
        case .kept: digest.add(number: 1)
        case .held: digest.add(number: 2)
        }
        digest.add(stage?.rawValue)
        digest.add(steps)
        digest.add(review)
        digest.add(testers)
        digest.add(pictureCredits)
    }
}

extension FormerID: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(address.path)
        digest.add(address.section)
    }
}

extension Section: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(level)
        digest.add(heading)
        digest.add(blocks)
        digest.add(children)
        digest.add(alsoAsked)
        digest.add(deadline)
        digest.add(answer)
        digest.add(sourceHeading)
        digest.add(twin)
        digest.add(file)
        digest.add(range)
    }
}

extension EasyTester: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(who)
        digest.add(date)
        digest.add(language)
    }
}

extension PictureCredit: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(source)
        digest.add(author)
        digest.add(licence)
    }
}

extension SectionTwin: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(form.rawValue)
        digest.add(address.path)
        digest.add(address.section)
    }
}

extension Deadline: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(steps)
        digest.add(countsFirstDay)
        digest.add(countsDays)
        digest.add(isBefore)
    }
}

extension Deadline.Step: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(amount)
        digest.add(unit.rawValue)
        digest.add(direction.rawValue)
        digest.add(countsFirstDay)
        digest.add(length)
    }
}

extension ContactGroup: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(heading)
        digest.add(contacts)
    }
}

extension Contact: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(name)
        digest.add(purpose)
        digest.add(ways)
        digest.add(hours)
        digest.add(area)
        digest.add(note)
        digest.add(relay)
        digest.add(audience.rawValue)
        digest.add(source)
        digest.add(checked)
        digest.add(isCheckOverdue)
        digest.add(isNational)
        digest.add(canBeSaved)
        digest.add(location)
    }
}

extension Contact.Way: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(channel.rawValue)
        digest.add(text)
        digest.add(destination)
        digest.add(menu)
        digest.add(shown)
    }
}

extension PhoneNumber.Menu: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .extension(let digits):
            digest.add(number: 0)
            digest.add(digits)
        case .option(let digits):
            digest.add(number: 1)
            digest.add(digits)
        }
    }
}

extension Contact.Relay: Digestible {
    package func digest(into digest: inout Digest) {
        switch self {
        case .before(let digits):
            digest.add(number: 0)
            digest.add(digits)
        case .instead(let number):
            digest.add(number: 1)
            digest.add(number)
        }
    }
}

extension AccessibilityDetails: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(publisher)
        digest.add(contactID)
        digest.add(responseTime)
        digest.add(status.rawValue)
        digest.add(prepared)
        digest.add(reviewed)
        digest.add(testedBy)
        digest.add(nonCompliance)
        digest.add(disproportionateBurden)
        digest.add(outOfScope)
        digest.add(tests)
        digest.add(notTested)
        digest.add(location)
    }
}

extension Alternative: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(language)
        digest.add(base)
        digest.add(paths)
        digest.add(strings)
    }
}
