"""PubMed's XML: articles and books, whole sets and bare ones, broken ones too.

Records of our own, after the PubMed DTD and MEDLINE PubMed XML Element Descriptions.
"""

from __future__ import annotations

import pytest

from lupusrefs.formats import nbib, pubmed_xml
from lupusrefs.formats.loaded import Loaded
from lupusrefs.formats.text import SourceText
from lupusrefs.model.names import OTHERS, Name
from lupusrefs.model.reference import Reference

ARTICLE = """\
<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM">
    <PMID Version="1">31234567</PMID>
    <DateRevised><Year>2022</Year><Month>01</Month><Day>01</Day></DateRevised>
    <Article PubModel="Print-Electronic">
      <Journal>
        <ISSN IssnType="Electronic">1234-5679</ISSN>
        <JournalIssue CitedMedium="Internet">
          <Volume>12</Volume><Issue>4</Issue>
          <PubDate><Year>2021</Year><Month>Aug</Month><Day>5</Day></PubDate>
        </JournalIssue>
        <Title>Journal of inventions</Title>
        <ISOAbbreviation>J. Inv.</ISOAbbreviation>
      </Journal>
      <ArticleTitle>Growth of <i>E. inventa</i> in D<sub>2</sub>O.</ArticleTitle>
      <Pagination>
        <StartPage>567</StartPage><EndPage>569</EndPage><MedlinePgn>567-9</MedlinePgn>
      </Pagination>
      <ELocationID EIdType="doi" ValidYN="Y">10.1234/inv.2021.5</ELocationID>
      <ELocationID EIdType="doi" ValidYN="N">10.1234/wrong</ELocationID>
      <Abstract>
        <AbstractText Label="AIM" NlmCategory="OBJECTIVE">To grow.</AbstractText>
        <AbstractText Label="UNLABELLED">It grew.</AbstractText>
        <CopyrightInformation>Nobody's.</CopyrightInformation>
      </Abstract>
      <AuthorList CompleteYN="N">
        <Author ValidYN="Y">
          <LastName>Doe</LastName><ForeName>Jane M</ForeName><Initials>JM</Initials>
          <Suffix>Jr</Suffix>
          <Identifier Source="ORCID">0000-0000-0000-0001</Identifier>
          <AffiliationInfo><Affiliation>Here.</Affiliation></AffiliationInfo>
          <AffiliationInfo><Affiliation>There.</Affiliation></AffiliationInfo>
        </Author>
        <Author ValidYN="N"><LastName>Misspelt</LastName></Author>
        <Author ValidYN="Y"><CollectiveName>Invented Group</CollectiveName></Author>
      </AuthorList>
      <Language>eng</Language>
      <DataBankList><DataBank><DataBankName>GENBANK</DataBankName>
        <AccessionNumberList><AccessionNumber>A1</AccessionNumber></AccessionNumberList>
      </DataBank></DataBankList>
      <GrantList><Grant><GrantID>G1</GrantID><Agency>Fund</Agency><Country>X</Country>
      </Grant></GrantList>
      <PublicationTypeList>
        <PublicationType UI="D016428">Journal Article</PublicationType>
      </PublicationTypeList>
      <VernacularTitle>Wachstum.</VernacularTitle>
      <ArticleDate DateType="Electronic">
        <Year>2021</Year><Month>6</Month><Day>5</Day>
      </ArticleDate>
    </Article>
    <MedlineJournalInfo><Country>Germany</Country><MedlineTA>J Inv</MedlineTA>
      <ISSNLinking>2345-6789</ISSNLinking></MedlineJournalInfo>
    <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>
      <NameOfSubstance>Water</NameOfSubstance></Chemical></ChemicalList>
    <CommentsCorrectionsList>
      <CommentsCorrections RefType="RetractionIn"><RefSource>J Inv. 2022</RefSource>
        <PMID Version="1">39</PMID></CommentsCorrections>
      <CommentsCorrections RefType="Cites"><RefSource>X</RefSource>
      </CommentsCorrections>
    </CommentsCorrectionsList>
    <MeshHeadingList><MeshHeading>
      <DescriptorName MajorTopicYN="N">Water</DescriptorName>
      <QualifierName MajorTopicYN="Y">analysis</QualifierName></MeshHeading>
    </MeshHeadingList>
    <OtherID Source="NLM">PMC1</OtherID>
    <KeywordList Owner="NOTNLM"><Keyword>growth</Keyword><Keyword>water</Keyword>
    </KeywordList>
    <InvestigatorList><Investigator><LastName>Poe</LastName><ForeName>Ed</ForeName>
      <Initials>E</Initials></Investigator></InvestigatorList>
  </MedlineCitation>
  <PubmedData>
    <History><PubMedPubDate PubStatus="pubmed"><Year>2021</Year><Month>6</Month>
      <Day>6</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate></History>
    <PublicationStatus>ppublish</PublicationStatus>
    <ArticleIdList><ArticleId IdType="pubmed">31234567</ArticleId>
      <ArticleId IdType="pmc">PMC7654321</ArticleId>
      <ArticleId IdType="pii">inv-5</ArticleId></ArticleIdList>
    <ReferenceList><Reference><ArticleIdList>
      <ArticleId IdType="doi">10.9999/cited</ArticleId></ArticleIdList></Reference>
    </ReferenceList>
  </PubmedData>
</PubmedArticle>
"""
BOOK = """\
<PubmedBookArticle><BookDocument>
  <PMID Version="1">2</PMID>
  <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
  <Book>
    <Publisher><PublisherName>Inventors</PublisherName>
      <PublisherLocation>Nowhere</PublisherLocation></Publisher>
    <BookTitle book="b">Book of <i>things</i></BookTitle>
    <PubDate><Year>2009</Year><Month>02</Month></PubDate>
    <AuthorList Type="editors"><Author><LastName>Poe</LastName><ForeName>Ed</ForeName>
      <Initials>E</Initials></Author></AuthorList>
    <AuthorList Type="authors"><Author><CollectiveName>All</CollectiveName></Author>
    </AuthorList>
    <CollectionTitle book="c">Things</CollectionTitle>
    <Isbn>9783000000000</Isbn>
    <ELocationID EIdType="doi">10.1234/book</ELocationID>
  </Book>{part}
  <Language>eng</Language>
  <PublicationType UI="D016454">Review</PublicationType>
</BookDocument></PubmedBookArticle>
"""
PART = """
  <ArticleTitle>Nothing.</ArticleTitle>
  <AuthorList Type="authors"><Author><LastName>Doe</LastName><ForeName>Jane</ForeName>
    <Initials>J</Initials></Author></AuthorList>"""
HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD X//EN" '
    '"https://dtd.example/pubmed.dtd">\n<PubmedArticleSet>\n'
)
END = "</PubmedArticleSet>\n"


def load(text: str) -> Loaded:
    """Read a text as the file ``f.xml``."""
    return pubmed_xml.load(SourceText("f.xml", text))


def one(text: str) -> Reference:
    """The reference of a text about which nothing is said."""
    loaded = load(text)
    assert loaded.diagnostics == ()
    (reference,) = loaded.references
    return reference


def rest(reference: Reference) -> list[tuple[str, str]]:
    """The fields of its origin."""
    assert reference.origin is not None
    return list(reference.origin.fields)


def article(inner: str) -> str:
    """A record with this in its Article."""
    return (
        "<PubmedArticle><MedlineCitation><PMID>1</PMID>"
        f"<Article>{inner}</Article></MedlineCitation></PubmedArticle>"
    )


def test_an_article_is_read() -> None:
    """Rich text in the title; no identifier of a cited work."""
    reference = one(HEAD + ARTICLE + END)
    assert reference.to_csl() == {
        "id": "doe2021growth",
        "type": "article-journal",
        "author": [
            {"family": "Doe", "given": "Jane M", "suffix": "Jr"},
            {"literal": "Invented Group"},
            {"literal": "others"},
        ],
        "title": "Growth of <i>E. inventa</i> in D<sub>2</sub>O",
        "container-title": "Journal of inventions",
        "container-title-short": "J Inv",
        "issued": {"date-parts": [[2021, 8, 5]]},
        "available-date": {"date-parts": [[2021, 6, 5]]},
        "volume": "12",
        "issue": "4",
        "page": "567-9",
        "publisher-place": "Germany",
        "DOI": "10.1234/inv.2021.5",
        "PMID": "31234567",
        "PMCID": "PMC7654321",
        "ISSN": "1234-5679",
        "keyword": "growth, water",
        "language": "en",
        "abstract": "AIM: To grow.\nIt grew.",
        "original-title": "Wachstum",
    }
    assert reference.origin is not None
    assert reference.origin.family == "pubmed-xml"


def test_what_csl_has_no_variable_for_has_medlines_tags() -> None:
    """As PubMed's other format shows it."""
    fields = rest(one(ARTICLE))
    for field in (
        ("STAT", "MEDLINE"),
        ("LR", "20220101"),
        ("invalid DOI", "10.1234/wrong"),
        ("AUID", "ORCID: 0000-0000-0000-0001"),
        ("AD", "There."),
        ("IS", "2345-6789 (Linking)"),
        ("CI", "Nobody's."),
        ("FIR", "Poe, Ed"),
        ("IR", "Poe E"),
        ("SI", "GENBANK/A1"),
        ("GR", "G1/Fund/X"),
        ("RN", "0 (Water)"),
        ("RIN", "J Inv. 2022. PMID: 39"),
        ("MH", "Water/*analysis"),
        ("OID", "NLM: PMC1"),
        ("PHST", "2021/06/06 06:00 [pubmed]"),
        ("AID", "inv-5 [pii]"),
        ("PST", "ppublish"),
    ):
        assert field in fields
    assert not {"Cites", "PMID"} & {tag for tag, _ in fields}


def test_it_can_be_written_as_medline() -> None:
    """Only the markup of the title and the abstract's lines are lost."""
    reference = one(ARTICLE)
    second = nbib.load(SourceText("f", nbib.dump([reference]))).references[0]
    first, again = reference.to_csl(), second.to_csl()
    assert again.pop("title") == "Growth of E. inventa in D2O"
    assert again.pop("abstract") == "AIM: To grow. It grew."
    assert again == {key: first[key] for key in again}
    assert set(rest(second)) == set(rest(reference)) - {
        ("invalid DOI", "10.1234/wrong")
    }


def test_everything_has_its_place() -> None:
    """The record, and the element of each variable."""
    text = HEAD + ARTICLE + END
    reference = one(text)
    assert reference.location is not None
    assert reference.location.span is not None
    assert text[reference.location.span.start :].startswith("<PubmedArticle>\n")
    assert text[: reference.location.span.end].endswith("</PubmedArticle>")

    def shown(variable: str) -> str:
        span = reference.places[variable].span
        assert span is not None
        return text[span.start : span.end]

    assert shown("volume") == "<Volume>12</Volume>"
    assert shown("PMCID") == '<ArticleId IdType="pmc">PMC7654321</ArticleId>'
    assert set(reference.places) == set(reference.to_csl()) - {"id", "type"}


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"<MedlineCitationSet>{ARTICLE}</MedlineCitationSet>",
        ARTICLE.replace("PubmedArticle>", "x>"),
    ],
)
def test_sets_and_bare_records(text: str) -> None:
    """A MedlineCitation alone has no PubmedData."""
    assert one(text).pmid == "31234567"


def test_parts_of_books() -> None:
    """The book's DOI and authors are not the part's."""
    part = one(BOOK.format(part=PART))
    assert (part.type, part.title) == ("chapter", "Nothing")
    assert part.container_title == "Book of <i>things</i>"
    assert (part.author, part.editor) == ((Name("Doe", "Jane"),), (Name("Poe", "Ed"),))
    assert (part.publisher, part.publisher_place) == ("Inventors", "Nowhere")
    assert (part.collection_title, part.isbn) == ("Things", "9783000000000")
    assert part.doi is None
    fields = rest(part)
    assert ("BookELocationID", "10.1234/book [doi]") in fields
    assert ("BookAuthor", "All") in fields
    assert ("AID", "NBK1 [bookaccession]") in fields


def test_whole_books() -> None:
    """The title is the book's, and so is the DOI."""
    whole = one(BOOK.format(part=""))
    assert (whole.type, whole.title) == ("book", "Book of <i>things</i>")
    assert (whole.author, whole.doi) == ((Name(literal="All"),), "10.1234/book")
    assert str(whole.issued) == "2009-02"


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("<Year>2013</Year><Season>Spring</Season>", "2013-21"),
        ("<MedlineDate>2010 Sep-Oct</MedlineDate>", "2010-09/2010-10"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12/1999-01"),
        ("<Year>2013</Year><Month>04</Month>", "2013-04"),
    ],
)
def test_publication_dates(date: str, edtf: str) -> None:
    """Seasons, ranges, months as names or numbers."""
    inner = f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
    assert str(one(article(inner)).issued) == edtf


@pytest.mark.parametrize(
    ("pages", "page"),
    [
        ("<StartPage>5</StartPage><EndPage>9</EndPage>", "5-9"),
        ("<StartPage>e5</StartPage>", "e5"),
        ("<MedlinePgn/><StartPage>5</StartPage>", "5"),
    ],
)
def test_pages_without_medlines_own(pages: str, page: str) -> None:
    """From the first to the last."""
    assert one(article(f"<Pagination>{pages}</Pagination>")).page == page


def test_names_of_older_records() -> None:
    """FirstName and MiddleName, initials only, family name only, nobody."""
    names = (
        "<Author><LastName>A</LastName><FirstName>B</FirstName><MiddleName>C"
        "</MiddleName></Author><Author><LastName>D</LastName><Initials>E</Initials>"
        "</Author><Author><LastName>van F</LastName><Affiliation>G</Affiliation>"
        "</Author><Author/>"
    )
    reference = one(article(f"<AuthorList>{names}</AuthorList>"))
    assert reference.author == (Name("A", "B C"), Name("D", "E"), Name("van F"))
    assert rest(reference) == [("AU", "van F"), ("AD", "G")]
    wrong = '<Author ValidYN="N"><LastName>A</LastName></Author>'
    cut = f'<AuthorList CompleteYN="N">{wrong}</AuthorList>'
    assert one(article(cut)).author == (Name("A"), OTHERS)


def test_what_is_said_elsewhere() -> None:
    """The abbreviation of the journal; dates without a day; data banks by name."""
    text = article(
        "<Journal><ISOAbbreviation>J. Inv.</ISOAbbreviation></Journal>"
        "<ArticleDate><Year>2020</Year><Month>Feb</Month></ArticleDate>"
        "<DataBankList><DataBank><DataBankName>D</DataBankName></DataBank>"
        "</DataBankList><ELocationID EIdType='pii'/>"
    )
    reference = one(text)
    assert reference.container_title == reference.container_title_short == "J. Inv."
    assert str(reference.available_date) == "2020-02"
    assert rest(reference) == [("SI", "D")]


def test_a_broken_file_gives_the_records_around_the_break() -> None:
    """The one that is cut off is told, with what is wrong in it."""
    broken = ARTICLE.replace("</Language>", "")
    loaded = load(f"{HEAD}{ARTICLE}{broken}{ARTICLE}{END}")
    assert [one.pmid for one in loaded.references] == ["31234567"] * 2
    assert [one.message for one in loaded.diagnostics] == [
        "this record is cut off; it was left out",
        "the XML breaks here: mismatched tag",
    ]
    assert all(one.is_error for one in loaded.diagnostics)
    second = ARTICLE.count("\n") + HEAD.count("\n") + 1
    assert loaded.diagnostics[0].location.line == second


def test_entities_are_refused() -> None:
    """Without reading anything."""
    text = f'<!DOCTYPE a [<!ENTITY x "y">]>{ARTICLE}'
    loaded = load(text)
    assert loaded.references == ()
    assert loaded.has_errors


@pytest.mark.parametrize(
    ("text", "told", "is_error"),
    [
        ("", "the file is empty", False),
        ("<PubmedArticleSet/>", "there is no record in this file", False),
        ("<html/>", "there is no PubMed record in this file", True),
        ("<PubmedArticle/>", "this record is empty; it was left out", False),
    ],
)
def test_files_without_a_record(text: str, told: str, is_error: bool) -> None:
    """An answer to a search without a hit is no error."""
    (found,) = load(text).diagnostics
    assert (found.message, found.is_error) == (told, is_error)
