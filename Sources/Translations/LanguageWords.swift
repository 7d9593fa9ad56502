/// Words of languages from Unicode CLDR 47. Written by `tools/languages.py` from Babel 2.18.0.
extension Language {
    /// By the tag of a language that guidance is written in: what others call it, a tag and a name a line.
    static let nameTable: [String: String] = [
        "en": """
        af Engels
        ak Borɔfo
        am እንግሊዝኛ
        an anglés
        ar الإنجليزية
        as ইংৰাজী
        asa Kiingeredha
        ast inglés
        az ingilis
        az-Arab اینگیلیزجه
        az-Cyrl инҝилис
        bal انگرێزی
        bal-Latn Engrézi
        be англійская
        bem Ichi Sungu
        bez Hiingereza
        bg английски
        bho अंगरेजी
        blo gɛɛshɩ
        bm angilɛkan
        bn ইংরেজি
        bo དབྱིན་ཇིའི་སྐད།
        br saozneg
        brx इंराजी
        bs engleski
        bs-Cyrl енглески
        ca anglès
        ce ингалсан
        ceb English
        cgg Orungyereza
        chr ᎩᎵᏏ
        ckb ئینگلیزی
        cs angličtina
        csw ᐊᑲᓈᓰᒧᐏᐣ
        cy Saesneg
        da engelsk
        de Englisch
        doi अंगरेजी
        dsb engelšćina
        dz ཨིང་ལིཤ་ཁ
        ee iŋlisigbe
        el Αγγλικά
        en English
        eo angla
        es inglés
        et inglise
        eu ingelesa
        fa انگلیسی
        ff Engeleere
        ff-Adlm 𞤉𞤲𞤺𞤭𞤤𞤫𞥅𞤪𞤫
        fi englanti
        fil Ingles
        fo enskt
        fr anglais
        fur inglês
        fy Ingelsk
        ga Béarla
        gd Beurla
        gl inglés
        gsw Änglisch
        gu અંગ્રેજી
        ha Turanci
        haw Pelekānia
        he אנגלית
        hi अंग्रेज़ी
        hnj 𞄥𞄴𞄅𞄇𞄉𞄦𞄱𞄊
        hr engleski
        hsb jendźelšćina
        hu angol
        hy անգլերեն
        ia anglese
        id Inggris
        ig Bekee
        ii ꑱꇩꉙ
        is enska
        it inglese
        ja 英語
        jgo Aŋgɛlúshi
        jmc Kyingereza
        jv Inggris
        ka ინგლისური
        kab Taglizit
        kde Chiingeleza
        kea ingles
        kk ағылшын тілі
        kk-Arab اعىلشىن ءتىلى
        kkj yaman
        kl tuluttut
        km អង់គ្លេស
        kmr îngilîzî
        kn ಇಂಗ್ಲಿಷ್
        ko 영어
        ks اَنگیٖزؠ
        ks-Deva अंगरिज़ी
        ksb Kiingeeza
        ksh Änglesch
        kw Sowsnek
        ky англисче
        lag Kɨɨngeréesa
        lb Englesch
        lg Lungereza
        lij ingleise
        lkt Wašíčuiyapi
        ln lingɛlɛ́sa
        lo ອັງກິດ
        lt anglų
        lv angļu
        mas nkʉtʉ́k ɔ́ɔ̄ nkɨ́resa
        mg Anglisy
        mk англиски
        ml ഇംഗ്ലീഷ്
        mn англи
        mr इंग्रजी
        ms Inggeris
        ms-Arab ايغضريس
        mt Ingliż
        my အင်္ဂလိပ်
        naq Engels
        nd isi-Ngisi
        ne अङ्ग्रेजी
        nl Engels
        nnh ngilísè
        no engelsk
        nqo ߊ߲߬ߜߑߟߋ߬ߞߊ߲
        nso Seisimane
        nyn Orungyereza
        om Afaan Ingilizii
        or ଇଂରାଜୀ
        os англисаг
        pa ਅੰਗਰੇਜ਼ੀ
        pap ingles
        pcm Ínglish
        pl angielski
        prg ēngliskan
        ps انګليسي
        pt inglês
        rm englais
        ro engleză
        rof Kiingereza
        ru английский
        rwk Kyingereza
        sah Ааҥыллыы
        saq Kingereza
        sat ᱟᱝᱜᱽᱨᱮᱡᱤ
        sc inglesu
        scn ngrisi
        sd انگريزي
        sd-Deva अंगरेज़ी
        se eaŋgalsgiella
        seh inglês
        ses Inglisi senni
        sg Anglëe
        shi ⵜⴰⵏⴳⵍⵉⵣⵜ
        shi-Latn Tanglizt
        si ඉංග්‍රීසි
        sk angličtina
        sl angleščina
        smn eŋgâlâskielâ
        sms eŋgglõsǩiõll
        sn Chirungu
        so Ingiriisi
        sq anglisht
        sr енглески
        sr-Latn engleski
        st Senyesemane
        su Inggris
        sv engelska
        sw Kiingereza
        syr ܐܢܓܠܝܬ
        ta ஆங்கிலம்
        te ఇంగ్లీష్
        teo Kingereza
        th อังกฤษ
        ti እንግሊዝኛ
        tig እንግሊዝኛ
        tk iňlis dili
        tn Sekgoa
        to lea fakapālangi
        tpi Inglis
        tr İngilizce
        ts Xi Nghezi
        tzm Tanglizt
        ug ئىنگلىزچە
        uk англійська
        ur انگریزی
        uz inglizcha
        uz-Cyrl инглизча
        vec ingleze
        vi Tiếng Anh
        vo Linglänapük
        vun Kyingereza
        wae Engliš
        wo Àngale
        xh IsiNgesi
        xog Olungereza
        yi ענגליש
        yo Èdè Gẹ̀ẹ́sì
        yue 英文
        yue-Hans 英文
        zh-Hans 英语
        zh-Hant 英文
        zu i-English
        """,
        "cy": """
        af Wallies
        ak Wɛɛhye Kasa
        am ዌልሽ
        ar الويلزية
        as ৱেলচ
        ast galés
        az uels
        az-Cyrl уелс
        bal-Latn Wéli
        be валійская
        bg уелски
        bn ওয়েলশ
        br kembraeg
        brx वैल्श
        bs velški
        bs-Cyrl велшки
        ca gal·lès
        ce валлийн
        chr ᏪᎵᏏ
        ckb وێلزی
        cs velština
        cy Cymraeg
        da walisisk
        de Walisisch
        dsb walizišćina
        dz ཝེལཤ་ཁ
        ee walesgbe
        el Ουαλικά
        en Welsh
        eo kimra
        es galés
        et kõmri
        eu galesa
        fa ولزی
        ff-Adlm 𞤘𞤢𞤤𞤭𞤲𞤳𞤮𞥅𞤪𞤫
        fi kymri
        fil Welsh
        fo walisiskt
        fr gallois
        fur galês
        fy Welsk
        ga Breatnais
        gd Cuimris
        gl galés
        gsw Walisisch
        gu વેલ્શ
        ha Welsh
        haw Wale
        he וולשית
        hi वेल्श
        hr velški
        hsb walizišćina
        hu walesi
        hy ուելսերեն
        ia gallese
        id Welsh
        ig Welsh
        is velska
        it gallese
        ja ウェールズ語
        jv Welsh
        ka უელსური
        kab Takusit
        kea gales
        kk валлий тілі
        kk-Arab ۆاللي ءتىلى
        km វេល
        kmr weylsî
        kn ವೆಲ್ಶ್
        ko 웨일스어
        ks ویلش
        ksh Wallihsesch
        kw Kembrek
        ky уелшче
        lb Walisesch
        lij galleise
        lkt Wales Iyápi
        lo ເວວ
        lt valų
        lv velsiešu
        mk велшки
        ml വെൽഷ്
        mn уэльс
        mr वेल्श
        ms Wales
        mt Welsh
        my ဝေလ
        ne वेल्श
        nl Welsh
        no walisisk
        nqo ߜ߭ߟߏߥߊߞߊ߲
        om Welishiffaa
        or ୱେଲ୍ସ
        pa ਵੈਲਸ਼
        pcm Wẹlsh
        pl walijski
        ps ويلشي
        pt galês
        rm kimric
        ro galeză
        ru валлийский
        sat ᱣᱮᱞᱥ
        sc gallesu
        scn gallisi
        sd ويلش
        se kymragiella
        si වෙල්ෂ්
        sk waleština
        sl valižanščina
        smn kymrikielâ
        so Welsh
        sq uellsisht
        sr велшки
        sr-Latn velški
        st Se-welsh
        sv walesiska
        sw Kiwelisi
        ta வேல்ஷ்
        te వెల్ష్
        th เวลส์
        ti ዌልስኛ
        tig ወልሽ
        tk walliý dili
        tn Welsh
        to lea fakauēlesi
        tr Galce
        ug ۋېلشچە
        uk валлійська
        ur ویلش
        uz valliy
        uz-Cyrl уэлсча
        vec galeze
        vi Tiếng Wales
        wae Walisiš
        wo Wels
        xh Isi-Welsh
        yi וועלשיש
        yo Èdè Welshi
        yue 威爾斯文
        yue-Hans 威尔斯文
        zh-Hans 威尔士语
        zh-Hant 威爾斯文
        zu isi-Welsh
        """,
        "ga": """
        af Iers
        ak Aerelande kasa
        am አየርላንድኛ
        ar الأيرلندية
        as আইৰিচ
        ast irlandés
        az irland
        az-Cyrl ирланд
        bal-Latn Áeri
        be ірландская
        bg ирландски
        bn আইরিশ
        br iwerzhoneg
        brx आईरिश
        bs irski
        bs-Cyrl ирски
        ca irlandès
        ce ирландхойн
        chr ᎨᎵᎩ
        ckb ئیرلەندی
        cs irština
        cy Gwyddeleg
        da irsk
        de Irisch
        dsb iršćina
        dz ཨཱའི་རིཤ་ཁ
        ee irelanɖgbe
        el Ιρλανδικά
        en Irish
        eo irlanda
        es irlandés
        et iiri
        eu irlandera
        fa ایرلندی
        ff-Adlm 𞤋𞤪𞤤𞤢𞤲𞤣𞤫𞥅𞤪𞤫
        fi iiri
        fil Irish
        fo írskt
        fr irlandais
        fur gaelic irlandês
        fy Iersk
        ga Gaeilge
        gd Gaeilge
        gl irlandés
        gsw Iirisch
        gu આઇરિશ
        ha Dan Irish
        haw ʻAiliki
        he אירית
        hi आयरिश
        hr irski
        hsb iršćina
        hu ír
        hy իռլանդերեն
        ia irlandese
        id Irlandia
        ig Irish
        is írska
        it irlandese
        ja アイルランド語
        jv Irlandia
        ka ირლანდიური
        kab Tirlandit
        kea irlandes
        kk ирланд тілі
        kk-Arab يرلاند ءتىلى
        kl irlandimiutut
        km អៀរឡង់
        kmr îrlendî
        kn ಐರಿಷ್
        ko 아일랜드어
        ks اَیرِش
        ksh Ihresch
        kw Wordhonek
        ky ирландча
        lb Iresch
        lij irlandeise
        lkt Irish Iyápi
        lo ໄອຣິສ
        lt airių
        lv īru
        mk ирски
        ml ഐറിഷ്
        mn ирланд
        mr आयरिश
        ms Ireland
        mt Irlandiż
        my အိုင်းရစ်ရှ်
        ne आइरिस
        nl Iers
        no irsk
        nqo ߌߙߑߟߊ߲ߘߌߞߊ߲
        om Afaan Ayirishii
        or ଆଇରିସ୍‌
        os ирландиаг
        pa ਆਇਰਸ਼
        pcm Aírísh Lángwej
        pl irlandzki
        ps ائيرلېنډي
        pt irlandês
        rm irlandais
        ro irlandeză
        ru ирландский
        sat ᱤᱨᱤᱥ
        sc irlandesu
        scn irlannisi
        sd آئرش
        se iirragiella
        si අයර්ලන්ත
        sk írčina
        sl irščina
        smn iirikielâ
        so Ayrish
        sq irlandisht
        sr ирски
        sr-Latn irski
        st Se-irish
        sv iriska
        sw Kiayalandi
        ta ஐரிஷ்
        te ఐరిష్
        th ไอริช
        ti ኣየርላንድኛ
        tig አይሪሽ
        tk irland dili
        tn Irish
        to lea fakaʻaelani
        tr İrlandaca
        ug ئىرېلاندچە
        uk ірландська
        ur آئرش
        uz irland
        uz-Cyrl ирландча
        vec irlandeze
        vi Tiếng Ireland
        wae Iriš
        wo Irlànde
        xh Isi-Irish
        yi איריש
        yo Èdè Ireland
        yue 愛爾蘭文
        yue-Hans 爱尔兰文
        zh-Hans 爱尔兰语
        zh-Hant 愛爾蘭文
        zu isi-Irish
        """,
        "gd": """
        af Skotse Gallies
        ak Skotlandfoɔ Galek Kasa
        am የስኮትላንድ ጌይሊክ
        ar الغيلية الأسكتلندية
        as স্কটিচ গেইলিক
        ast gaélicu escocés
        az Şotlandiya keltcəsi
        az-Cyrl шотланд келт
        bal-Latn Eskáti Géli
        be шатландская гэльская
        bg шотландски келтски
        bn স্কটিশ-গ্যেলিক
        br skoseg
        brx स्कटिस गैलिक
        bs škotski galski
        bs-Cyrl шкотски галски
        ca gaèlic escocès
        ce гэлийн
        chr ᏍᎦᏗ ᎨᎵᎩ
        ckb گه‌لیكی سكۆتله‌ندی
        cs skotská gaelština
        cy Gaeleg yr Alban
        da skotsk gælisk
        de Gälisch (Schottland)
        dsb šotišćina
        ee skɔtlanɖ gaeliagbe
        el Σκωτικά Κελτικά
        en Scottish Gaelic
        eo skot-gaela
        es gaélico escocés
        et gaeli
        eu Eskoziako gaelikoa
        fa گیلی اسکاتلندی
        ff-Adlm 𞤅𞤭𞤳𞤮𞤼𞤭𞤧𞤪𞤫 𞤘𞤢𞤫𞤭𞤳
        fi gaeli
        fil Scottish Gaelic
        fo skotskt gæliskt
        fr gaélique écossais
        fur gaelic scozês
        fy Schotsk Gaelic
        ga Gaeilge na hAlban
        gd Gàidhlig
        gl gaélico escocés
        gsw Schottisch-Gäälisch
        gu સ્કોટીસ ગેલિક
        ha Kʼabilan Scots Gaelic
        he גאלית סקוטית
        hi स्कॉटिश गाएलिक
        hr škotski gaelski
        hsb šotiska gelšćina
        hu skóciai kelta
        hy շոտլանդական գաելերեն
        ia gaelico scotese
        id Gaelik Skotlandia
        ig Asụsụ Scottish Gaelic
        is skosk gelíska
        it gaelico scozzese
        ja スコットランド・ゲール語
        jv Gaulia
        ka შოტლანდიური გელური
        kab Tagaylikt n Skuṭland
        kk шотландиялық гэль тілі
        kk-Arab شوتلانديالىق گەل ءتىلى
        km ស្កុតហ្កែលិគ
        kmr gaelîka skotî
        kn ಸ್ಕಾಟಿಶ್ ಗೆಲಿಕ್
        ko 스코틀랜드 게일어
        ks سکوٹِش گیےلِک
        kw Godhalek Alban
        ky шотладиялык гелча
        lb Schottescht Gällesch
        lij gaelico scoçeise
        lo ສະກັອດເກລິກ
        lt škotų (gėlų)
        lv skotu gēlu
        mk шкотски гелски
        ml സ്കോട്ടിഷ് ഗൈലിക്
        mn шотландын гел
        mr स्कॉटिश गेलिक
        ms Scots Gaelic
        mt Galliku Skoċċiż
        my စကော့တစ်ရှ် ဂေးလစ်ခ်
        ne स्कटिस गाएलिक
        nl Schots-Gaelisch
        no skotsk-gælisk
        nqo ߋߞߐߛߌ߬ ߖ߭ߋߏߟߌߞߊ߲
        om Scots Gaelic
        or ସ୍କଟିସ୍ ଗାଏଲିକ୍
        pa ਸਕਾਟਿਸ਼ ਗੇਲਿਕ
        pcm Gaelík Lángwej ọf Gael Pípol fọ Skọ́tland
        pl szkocki gaelicki
        ps سکاټلېنډي ګېلک
        pt gaélico escocês
        rm gaelic scot
        ro gaelică scoțiană
        ru гэльский
        sat ᱥᱠᱚᱴᱤᱥ ᱜᱮᱞᱤᱠ
        sc gaèlicu iscotzesu
        scn gaèlicu scuzzisi
        sd اسڪاٽش گيلڪ
        si ස්කොට්ටිශ් ගෙලික්
        sk škótska gaelčina
        sl škotska gelščina
        smn skottilâš gaelikielâ
        so Iskot Giilik
        sq galishte skoceze
        sr шкотски гелски
        sr-Latn škotski gelski
        st Se-scots gaelic
        sv skotsk gaeliska
        sw Kigaeli cha Uskoti
        ta ஸ்காட்ஸ் கேலிக்
        te స్కాటిష్ గేలిక్
        th เกลิกสกอต
        ti ስኮትላንዳዊ ጋኤሊክኛ
        tig እስኮትስ ጌልክኛ
        tk şotland kelt dili
        tn Scots Gaelic
        to lea fakakaeliki
        tr İskoç Gaelcesi
        ug شوتلاندىيە گايلچىسى
        uk шотландська гельська
        ur سکاٹش گیلک
        uz shotland-gel
        uz-Cyrl шотландча гаелик
        vec gaèlego scoseze
        vi Tiếng Gael Scotland
        wo Galuwaa bu Ekos
        xh Scots Gaelic
        yi סקאטיש געליש
        yo Èdè Gaelik ti Ilu Scotland
        yue 蘇格蘭蓋爾文
        yue-Hans 苏格兰盖尔文
        zh-Hans 苏格兰盖尔语
        zh-Hant 蘇格蘭蓋爾文
        zu isi-Scottish Gaelic
        """,
    ]

    /// What stands between the parts of a list, and the tags of those who write it so; all others write ", ".
    static let listTable: [(separator: String, tags: String)] = [
        ("፣ ", "am ti"),
        (" و", "ar"),
        ("، ", "az-Arab bal ckb fa ha-Arab kk-Arab ks ms-Arab pa-Arab ps sd sdh ug ur uz-Arab"),
        (" དང་ ", "dz"),
        ("⹁ ", "ff-Adlm"),
        ("、", "ii ja yue yue-Hans zh-Hans zh-Hant"),
        (", ŋ́gɛ ", "jgo"),
        (" - ", "my"),
        (" ܘ", "syr"),
        (" ", "th"),
        (" mo ", "to"),
    ]
}
