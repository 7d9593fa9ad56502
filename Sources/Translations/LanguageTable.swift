/// The languages that have plural rules in Unicode CLDR 47: 229, with their names and scripts.
///
/// Written by `tools/languages.py` from Babel 2.18.0.
extension Language {
    static let table: [Language] = [
        english,
        Language("af", "Afrikaans", "Afrikaans", .latin),
        Language("ak", "Akan", "Akan", .latin),
        Language("am", "Amharic", "አማርኛ", .ethiopic),
        Language("an", "Aragonese", "Aragonés", .latin),
        Language("ar", "Arabic", "العربية", .arabic),
        Language("as", "Assamese", "অসমীয়া", .bengali),
        Language("asa", "Asu", "Kipare", .latin),
        Language("ast", "Asturian", "Asturianu", .latin),
        Language("az", "Azerbaijani", "Azərbaycan", .latin),
        Language("az-Arab", "Azerbaijani (Arabic)", "آذربایجان تۆرکجه‌سی", .arabic),
        Language("az-Cyrl", "Azerbaijani (Cyrillic)", "Азәрбајҹан", .cyrillic),
        Language("bal", "Baluchi", "بلۆچی", .arabic),
        Language("bal-Latn", "Baluchi (Latin)", "Balóchi", .latin),
        Language("be", "Belarusian", "Беларуская", .cyrillic),
        Language("bem", "Bemba", "Ichibemba", .latin),
        Language("bez", "Bena", "Hibena", .latin),
        Language("bg", "Bulgarian", "Български", .cyrillic),
        Language("bho", "Bhojpuri", "भोजपुरी", .devanagari),
        Language("blo", "Anii", "Anii kagɩja", .latin),
        Language("bm", "Bambara", "Bamanakan", .latin),
        Language("bm-Nkoo", "Bambara (N’Ko)", "Bambara (N’Ko)", .nko),
        Language("bn", "Bengali", "বাংলা", .bengali),
        Language("bo", "Tibetan", "བོད་སྐད་", .tibetan),
        Language("br", "Breton", "Brezhoneg", .latin),
        Language("brx", "Bodo", "बर’", .devanagari),
        Language("bs", "Bosnian", "Bosanski", .latin),
        Language("bs-Cyrl", "Bosnian (Cyrillic)", "Босански", .cyrillic),
        Language("ca", "Catalan", "Català", .latin),
        Language("ce", "Chechen", "Нохчийн", .cyrillic),
        Language("ceb", "Cebuano", "Cebuano", .latin),
        Language("cgg", "Chiga", "Rukiga", .latin),
        Language("chr", "Cherokee", "ᏣᎳᎩ", .cherokee),
        Language("ckb", "Kurdish (Sorani)", "کوردیی ناوەندی", .arabic),
        Language("cs", "Czech", "Čeština", .latin),
        Language("csw", "Swampy Cree", "ᓀᐦᐃᓇᐍᐏᐣ", .canadianAboriginal),
        Language("cy", "Welsh", "Cymraeg", .latin),
        Language("da", "Danish", "Dansk", .latin),
        Language("de", "German", "Deutsch", .latin),
        Language("doi", "Dogri", "डोगरी", .devanagari),
        Language("dsb", "Lower Sorbian", "Dolnoserbšćina", .latin),
        Language("dv", "Divehi", "ދިވެހިބަސް", .thaana),
        Language("dz", "Dzongkha", "རྫོང་ཁ", .tibetan),
        Language("ee", "Ewe", "Eʋegbe", .latin),
        Language("el", "Greek", "Ελληνικά", .greek),
        Language("eo", "Esperanto", "Esperanto", .latin),
        Language("es", "Spanish", "Español", .latin),
        Language("et", "Estonian", "Eesti", .latin),
        Language("eu", "Basque", "Euskara", .latin),
        Language("fa", "Persian", "فارسی", .arabic),
        Language("ff", "Fula", "Pulaar", .latin),
        Language("ff-Adlm", "Fula (Adlam)", "𞤆𞤵𞤤𞤢𞤪", .adlam),
        Language("fi", "Finnish", "Suomi", .latin),
        Language("fil", "Filipino", "Filipino", .latin),
        Language("fo", "Faroese", "Føroyskt", .latin),
        Language("fr", "French", "Français", .latin),
        Language("fur", "Friulian", "Furlan", .latin),
        Language("fy", "Western Frisian", "Frysk", .latin),
        Language("ga", "Irish", "Gaeilge", .latin),
        Language("gd", "Scottish Gaelic", "Gàidhlig", .latin),
        Language("gl", "Galician", "Galego", .latin),
        Language("gsw", "Swiss German", "Schwiizertüütsch", .latin),
        Language("gu", "Gujarati", "ગુજરાતી", .gujarati),
        Language("gv", "Manx", "Gaelg", .latin),
        Language("ha", "Hausa", "Hausa", .latin),
        Language("ha-Arab", "Hausa (Arabic)", "Hausa (Arabic)", .arabic),
        Language("haw", "Hawaiian", "ʻŌlelo Hawaiʻi", .latin),
        Language("he", "Hebrew", "עברית", .hebrew),
        Language("hi", "Hindi", "हिन्दी", .devanagari),
        Language("hnj", "Hmong Njua", "𞄀𞄄𞄰𞄩𞄍𞄜𞄰", .nyiakengPuachueHmong),
        Language("hr", "Croatian", "Hrvatski", .latin),
        Language("hsb", "Upper Sorbian", "Hornjoserbšćina", .latin),
        Language("hu", "Hungarian", "Magyar", .latin),
        Language("hy", "Armenian", "Հայերեն", .armenian),
        Language("ia", "Interlingua", "Interlingua", .latin),
        Language("id", "Indonesian", "Indonesia", .latin),
        Language("ig", "Igbo", "Igbo", .latin),
        Language("ii", "Sichuan Yi", "ꆈꌠꉙ", .yi),
        Language("io", "Ido", "Ido", .latin),
        Language("is", "Icelandic", "Íslenska", .latin),
        Language("it", "Italian", "Italiano", .latin),
        Language("iu", "Inuktitut", "ᐃᓄᒃᑎᑐᑦ", .canadianAboriginal),
        Language("iu-Latn", "Inuktitut (Latin)", "Inuktitut (Latin)", .latin),
        Language("ja", "Japanese", "日本語", .japanese),
        Language("jbo", "Lojban", "La .lojban.", .latin),
        Language("jgo", "Ngomba", "Ndaꞌa", .latin),
        Language("jmc", "Machame", "Kimachame", .latin),
        Language("jv", "Javanese", "Jawa", .latin),
        Language("ka", "Georgian", "Ქართული", .georgian),
        Language("kab", "Kabyle", "Taqbaylit", .latin),
        Language("kaj", "Jju", "Kaje", .latin),
        Language("kcg", "Tyap", "Katab", .latin),
        Language("kde", "Makonde", "Chimakonde", .latin),
        Language("kea", "Kabuverdianu", "Kabuverdianu", .latin),
        Language("kk", "Kazakh", "Қазақ тілі", .cyrillic),
        Language("kk-Arab", "Kazakh (Arabic)", "قازاق ءتىلى", .arabic),
        Language("kkj", "Kako", "Kakɔ", .latin),
        Language("kl", "Kalaallisut", "Kalaallisut", .latin),
        Language("km", "Khmer", "ខ្មែរ", .khmer),
        Language("kmr", "Kurdish (Kurmanji)", "Kurmancî", .latin),
        Language("kn", "Kannada", "ಕನ್ನಡ", .kannada),
        Language("ko", "Korean", "한국어", .korean),
        Language("ks", "Kashmiri", "کٲشُر", .arabic),
        Language("ks-Deva", "Kashmiri (Devanagari)", "कॉशुर", .devanagari),
        Language("ksb", "Shambala", "Kishambaa", .latin),
        Language("ksh", "Colognian", "Kölsch", .latin),
        Language("kw", "Cornish", "Kernewek", .latin),
        Language("ky", "Kyrgyz", "Кыргызча", .cyrillic),
        Language("lag", "Langi", "Kɨlaangi", .latin),
        Language("lb", "Luxembourgish", "Lëtzebuergesch", .latin),
        Language("lg", "Ganda", "Luganda", .latin),
        Language("lij", "Ligurian", "Ligure", .latin),
        Language("lkt", "Lakota", "Lakȟólʼiyapi", .latin),
        Language("ln", "Lingala", "Lingála", .latin),
        Language("lo", "Lao", "ລາວ", .lao),
        Language("lt", "Lithuanian", "Lietuvių", .latin),
        Language("lv", "Latvian", "Latviešu", .latin),
        Language("mas", "Masai", "Maa", .latin),
        Language("mg", "Malagasy", "Malagasy", .latin),
        Language("mgo", "Metaʼ", "Metaʼ", .latin),
        Language("mk", "Macedonian", "Македонски", .cyrillic),
        Language("ml", "Malayalam", "മലയാളം", .malayalam),
        Language("mn", "Mongolian", "Монгол", .cyrillic),
        Language("mn-Mong", "Mongolian (Mongolian)", "Mongolian (Mongolian)", .mongolian),
        Language("mr", "Marathi", "मराठी", .devanagari),
        Language("ms", "Malay", "Melayu", .latin),
        Language("ms-Arab", "Malay (Arabic)", "بهاس ملايو", .arabic),
        Language("mt", "Maltese", "Malti", .latin),
        Language("my", "Burmese", "မြန်မာ", .myanmar),
        Language("naq", "Nama", "Khoekhoegowab", .latin),
        Language("nb", "Norwegian Bokmål", "Norwegian Bokmål", .latin),
        Language("nd", "North Ndebele", "IsiNdebele", .latin),
        Language("ne", "Nepali", "नेपाली", .devanagari),
        Language("nl", "Dutch", "Nederlands", .latin),
        Language("nn", "Norwegian Nynorsk", "Norwegian Nynorsk", .latin),
        Language("nnh", "Ngiemboon", "Shwóŋò ngiembɔɔn", .latin),
        Language("no", "Norwegian", "Norsk", .latin),
        Language("nqo", "N’Ko", "ߒߞߏ", .nko),
        Language("nr", "South Ndebele", "IsiNdebele", .latin),
        Language("nso", "Northern Sotho", "Sesotho sa Leboa", .latin),
        Language("ny", "Nyanja", "Nyanja", .latin),
        Language("nyn", "Nyankole", "Runyankore", .latin),
        Language("om", "Oromo", "Oromoo", .latin),
        Language("or", "Odia", "ଓଡ଼ିଆ", .oriya),
        Language("os", "Ossetic", "Ирон", .cyrillic),
        Language("osa", "Osage", "𐓏𐓘𐓻𐓘𐓻𐓟", .osage),
        Language("pa", "Panjabi", "ਪੰਜਾਬੀ", .gurmukhi),
        Language("pa-Arab", "Panjabi (Pakistan)", "پنجابی", .arabic),
        Language("pap", "Papiamento", "Papiamentu", .latin),
        Language("pcm", "Nigerian Pidgin", "Naijíriá Píjin", .latin),
        Language("pl", "Polish", "Polski", .latin),
        Language("prg", "Prussian", "Prūsiskan", .latin),
        Language("ps", "Pashto", "پښتو", .arabic),
        Language("pt", "Portuguese", "Português", .latin),
        Language("rm", "Romansh", "Rumantsch", .latin),
        Language("ro", "Romanian", "Română", .latin),
        Language("rof", "Rombo", "Kihorombo", .latin),
        Language("ru", "Russian", "Русский", .cyrillic),
        Language("rwk", "Rwa", "Kiruwa", .latin),
        Language("sah", "Yakut", "Саха тыла", .cyrillic),
        Language("saq", "Samburu", "Kisampur", .latin),
        Language("sat", "Santali", "ᱥᱟᱱᱛᱟᱲᱤ", .olChiki),
        Language("sat-Deva", "Santali (Devanagari)", "सानताड़ी", .devanagari),
        Language("sc", "Sardinian", "Sardu", .latin),
        Language("scn", "Sicilian", "Sicilianu", .latin),
        Language("sd", "Sindhi", "سنڌي", .arabic),
        Language("sd-Deva", "Sindhi (Devanagari)", "सिन्धी", .devanagari),
        Language("sdh", "Southern Kurdish", "کوردی خوارگ", .arabic),
        Language("se", "Northern Sami", "Davvisámegiella", .latin),
        Language("seh", "Sena", "Sena", .latin),
        Language("ses", "Koyraboro Senni", "Koyraboro senni", .latin),
        Language("sg", "Sango", "Sängö", .latin),
        Language("shi", "Tachelhit", "ⵜⴰⵛⵍⵃⵉⵜ", .tifinagh),
        Language("shi-Latn", "Tachelhit (Latin)", "Tashelḥiyt", .latin),
        Language("si", "Sinhala", "සිංහල", .sinhala),
        Language("sk", "Slovak", "Slovenčina", .latin),
        Language("sl", "Slovenian", "Slovenščina", .latin),
        Language("sma", "Southern Sami", "Åarjelsaemien gïele", .latin),
        Language("smj", "Lule Sami", "Julevsámegiella", .latin),
        Language("smn", "Inari Sami", "Anarâškielâ", .latin),
        Language("sms", "Skolt Sami", "Sääʹmǩiõll", .latin),
        Language("sn", "Shona", "ChiShona", .latin),
        Language("so", "Somali", "Soomaali", .latin),
        Language("sq", "Albanian", "Shqip", .latin),
        Language("sr", "Serbian", "Српски", .cyrillic),
        Language("sr-Latn", "Serbian (Latin)", "Srpski", .latin),
        Language("ss", "Swati", "SiSwati", .latin),
        Language("ssy", "Saho", "Saho", .latin),
        Language("st", "Southern Sotho", "Sesotho", .latin),
        Language("su", "Sundanese", "Basa Sunda", .latin),
        Language("sv", "Swedish", "Svenska", .latin),
        Language("sw", "Swahili", "Kiswahili", .latin),
        Language("syr", "Syriac", "ܣܘܪܝܝܐ", .syriac),
        Language("ta", "Tamil", "தமிழ்", .tamil),
        Language("te", "Telugu", "తెలుగు", .telugu),
        Language("teo", "Teso", "Kiteso", .latin),
        Language("th", "Thai", "ไทย", .thai),
        Language("ti", "Tigrinya", "ትግርኛ", .ethiopic),
        Language("tig", "Tigre", "ትግረ", .ethiopic),
        Language("tk", "Turkmen", "Türkmen dili", .latin),
        Language("tn", "Tswana", "Setswana", .latin),
        Language("to", "Tongan", "Lea fakatonga", .latin),
        Language("tpi", "Tok Pisin", "Tok Pisin", .latin),
        Language("tr", "Turkish", "Türkçe", .latin),
        Language("ts", "Tsonga", "Xitsonga", .latin),
        Language("tzm", "Central Atlas Tamazight", "Tamaziɣt n laṭlaṣ", .latin),
        Language("ug", "Uyghur", "ئۇيغۇرچە", .arabic),
        Language("uk", "Ukrainian", "Українська", .cyrillic),
        Language("ur", "Urdu", "اردو", .arabic),
        Language("uz", "Uzbek", "O‘zbek", .latin),
        Language("uz-Arab", "Uzbek (Arabic)", "اوزبیک", .arabic),
        Language("uz-Cyrl", "Uzbek (Cyrillic)", "Ўзбекча", .cyrillic),
        Language("ve", "Venda", "Tshivenḓa", .latin),
        Language("vec", "Venetian", "Veneto", .latin),
        Language("vi", "Vietnamese", "Tiếng Việt", .latin),
        Language("vo", "Volapük", "Volapük", .latin),
        Language("vun", "Vunjo", "Kyivunjo", .latin),
        Language("wa", "Walloon", "Walon", .latin),
        Language("wae", "Walser", "Walser", .latin),
        Language("wo", "Wolof", "Wolof", .latin),
        Language("xh", "Xhosa", "IsiXhosa", .latin),
        Language("xog", "Soga", "Olusoga", .latin),
        Language("yi", "Yiddish", "ייִדיש", .hebrew),
        Language("yo", "Yoruba", "Èdè Yorùbá", .latin),
        Language("yue", "Cantonese", "粵語", .traditionalHan),
        Language("yue-Hans", "Cantonese (Simplified)", "粤语", .simplifiedHan),
        Language("zh-Hans", "Chinese (Simplified)", "简体中文", .simplifiedHan),
        Language("zh-Hant", "Chinese (Traditional)", "繁體中文", .traditionalHan),
        Language("zu", "Zulu", "IsiZulu", .latin),
    ]
}

extension PluralRules {
    /// Tags, the categories of whole numbers, and gettext's expression for the form of a number.
    static let table: [(tags: String, categories: [PluralCategory], expression: String)] = [
        (
            """
            af an asa ast az az-Arab az-Cyrl bal bal-Latn bem bez bg brx ce cgg chr ckb da \
            de dv ee el en eo et eu fi fo fur fy gl gsw ha ha-Arab haw hu ia io jgo jmc ka \
            kaj kcg kk kk-Arab kkj kl kmr ks ks-Deva ksb ky lb lg lij mas mgo ml mn mn-Mong \
            mr nb nd ne nl nn nnh no nr ny nyn om or os pap ps rm rof rwk saq sc sd sd-Deva \
            sdh seh sn so sq ss ssy st sv sw syr ta te teo tig tk tn tr ts ug ur uz uz-Arab \
            uz-Cyrl ve vo vun wae xh xog yi
            """,
            [.one, .other],
            "(n != 1)"
        ),
        (
            """
            ak am as bho bn csw doi fa ff ff-Adlm gu hi hy kab kn ln mg nso pa pa-Arab pcm \
            si ti wa zu
            """,
            [.one, .other],
            "(n > 1)"
        ),
        (
            "ar",
            [.zero, .one, .two, .few, .many, .other],
            "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
        ),
        (
            "be ru uk",
            [.one, .few, .many],
            "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
        ),
        (
            "blo ksh",
            [.zero, .one, .other],
            "n==0 ? 0 : n==1 ? 1 : 2"
        ),
        (
            """
            bm bm-Nkoo bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms ms-Arab my nqo \
            osa sah ses sg su th to tpi vi wo yo yue yue-Hans zh-Hans zh-Hant
            """,
            [.other],
            "0"
        ),
        (
            "br",
            [.one, .two, .few, .many, .other],
            """
            n%10==1 && !(n%100==11 || n%100==71 || n%100==91) ? 0 : n%10==2 && !(n%100==12 \
            || n%100==72 || n%100==92) ? 1 : ((n%10>=3 && n%10<=4) || n%10==9) && \
            !(n%100>=10 && n%100<=19 || n%100>=70 && n%100<=79 || n%100>=90) ? 2 : n!=0 && \
            n%1000000==0 ? 3 : 4
            """
        ),
        (
            "bs bs-Cyrl hr sr sr-Latn",
            [.one, .few, .other],
            "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
        ),
        (
            "ca es it scn vec",
            [.one, .many, .other],
            "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"
        ),
        (
            "ceb fil",
            [.one, .other],
            "(n==1 || n==2 || n==3) || !(n%10==4 || n%10==6 || n%10==9) ? 0 : 1"
        ),
        (
            "cs sk",
            [.one, .few, .other],
            "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2"
        ),
        (
            "cy",
            [.zero, .one, .two, .few, .many, .other],
            "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5"
        ),
        (
            "dsb hsb sl",
            [.one, .two, .few, .other],
            "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3"
        ),
        (
            "fr pt",
            [.one, .many, .other],
            "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"
        ),
        (
            "ga",
            [.one, .two, .few, .many, .other],
            "n==1 ? 0 : n==2 ? 1 : n>2 && n<7 ? 2 : n>6 && n<11 ? 3 : 4"
        ),
        (
            "gd",
            [.one, .two, .few, .other],
            "(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n > 2 && n < 20) ? 2 : 3"
        ),
        (
            "gv",
            [.one, .two, .few, .other],
            """
            n%10==1 ? 0 : n%10==2 ? 1 : (n%100==0 || n%100==20 || n%100==40 || n%100==60 || \
            n%100==80) ? 2 : 3
            """
        ),
        (
            "he iu iu-Latn naq sat sat-Deva se sma smj smn sms",
            [.one, .two, .other],
            "n==1 ? 0 : n==2 ? 1 : 2"
        ),
        (
            "is mk",
            [.one, .other],
            "(n%10==1 && n%100!=11) ? 0 : 1"
        ),
        (
            "kw",
            [.zero, .one, .two, .few, .many, .other],
            """
            n==0 ? 0 : n==1 ? 1 : ((n%100==2 || n%100==22 || n%100==42 || n%100==62 || \
            n%100==82) || (n%1000==0 && ((n%100000>=1000 && n%100000<=20000) || \
            n%100000==40000 || n%100000==60000 || n%100000==80000))) || (n!=0 && \
            n%1000000==100000) ? 2 : (n%100==3 || n%100==23 || n%100==43 || n%100==63 || \
            n%100==83) ? 3 : n!=1 && (n%100==1 || n%100==21 || n%100==41 || n%100==61 || \
            n%100==81) ? 4 : 5
            """
        ),
        (
            "lag",
            [.zero, .one, .other],
            "n==0 ? 0 : (n==0 || n==1) && n!=0 ? 1 : 2"
        ),
        (
            "lt",
            [.one, .few, .other],
            "(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)"
        ),
        (
            "lv prg",
            [.zero, .one, .other],
            "(n%10==0 || (n%100>=11 && n%100<=19)) ? 0 : n%10==1 ? 1 : 2"
        ),
        (
            "mt",
            [.one, .two, .few, .many, .other],
            """
            n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : n%100>=11 && \
            n%100<=19 ? 3 : 4
            """
        ),
        (
            "pl",
            [.one, .few, .many],
            "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
        ),
        (
            "ro",
            [.one, .few, .other],
            "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2"
        ),
        (
            "shi shi-Latn",
            [.one, .few, .other],
            "n==0 || n==1 ? 0 : n>=2 && n<=10 ? 1 : 2"
        ),
        (
            "tzm",
            [.one, .other],
            "n<=1 || (n>=11 && n<=99) ? 0 : 1"
        ),
    ]
}
