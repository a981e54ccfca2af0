using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class DocumentReaderTests
{
    private const string Gates = """
        schema: 1
        objectives:
          a.one:
            promise: It holds.
            unit: s
            comparison: at-most
            limit: 1
            minObservations: 1
        profiles:
          pr:
            limit: 120 s
            suites: {load: {budget: 1 s}}
            required: [a.one]
        waivers: []

        """;

    private const string Sut = """
        schema: 1
        name: x
        images: {dashboard: build, server: build}
        environment: {dashboard: {}, server: {}}
        anonymousBroker: false
        tls: false
        ddlRights: false
        extras: []
        """;

    private const string Mutation = "schema: 1\nname: m\ndefect: d\nobjective: a.one\npatch: p\ntimeLimit: 90 s\n";

    [Theory]
    [InlineData(
        "    limit: 120 s",
        "    limt: 120 s",
        "11:5: unknown key 'limt'; did you mean 'limit'? Allowed: limit, suites, expects, extends, required, if-available, report."
    )]
    [InlineData(
        "waivers: []",
        "waivers: []\nbanana: 1",
        "15:1: unknown key 'banana'. Allowed: schema, objectives, profiles, waivers, runs."
    )]
    [InlineData(
        "waivers: []",
        "waivers: []\nruns: {keep: 2 TB}",
        "15:14: 'runs.keep' is '2 TB'; expected a size such as '500 MB' or '2 GB'."
    )]
    [InlineData(
        "waivers: []",
        "waivers: []\nruns: {keep: 99999999999 GB}",
        "15:14: '99999999999 GB' is no size; expected for example '500 MB', '2 GB'."
    )]
    [InlineData(
        "    limit: 120 s",
        "    limit: 120x",
        "11:12: 'profiles.pr.limit' is '120x'; expected a duration such as '500 ms', '120 s', '95 min' or '3 h'."
    )]
    [InlineData("    limit: 120 s", "    limit: 120", "11:12: 'profiles.pr.limit' is 120; expected a duration")]
    [InlineData("    limit: 120 s", "    limit: 9999999999999 h", "11:12: '9999999999999 h' is longer than any duration can be.")]
    [InlineData("    limit: 120 s", "    limit: 0s", "11:12: 'profiles.pr.limit' is '0s'; expected more than nothing, and a day at most.")]
    [InlineData(
        "    limit: 120 s",
        "    limit: 25 h",
        "11:12: 'profiles.pr.limit' is '25 h'; expected more than nothing, and a day at most."
    )]
    [InlineData("budget: 1 s", "budget: 2d", "12:29: 'profiles.pr.suites.load.budget' is '2d'; expected more than nothing")]
    [InlineData("budget: 1 s", "budget: 99999999999999999999 s", "12:29: '99999999999999999999 s' is ")]
    [InlineData("    limit: 120 s\n", "", "11:5: 'profiles.pr' misses the key 'limit'.")]
    [InlineData("    unit: s\n", "", "4:5: 'objectives.a.one' misses the key 'unit'.")]
    [InlineData(
        "comparison: at-most",
        "comparison: at-mots",
        "6:17: 'objectives.a.one.comparison' is 'at-mots'; did you mean 'at-most'? Allowed: at-most, at-least."
    )]
    [InlineData("limit: 1\n", "limit: one\n", "7:12: 'objectives.a.one.limit' is 'one'; expected a number.")]
    [InlineData("limit: 1\n", "limit: .nan\n", "7:12: 'objectives.a.one.limit' is '.nan'; expected a number.")]
    [InlineData("limit: 1\n", "limit:\n", "7:11: 'objectives.a.one.limit' is empty; expected a number.")]
    [InlineData(
        "minObservations: 1",
        "minObservations: 0",
        "8:22: 'objectives.a.one.minObservations' is 0; expected a number of at least 1."
    )]
    [InlineData("minObservations: 1", "minObservations: 1.5", "8:22: 'objectives.a.one.minObservations' is 1.5; expected ")]
    [InlineData("promise: It holds.", "promise: ''", "4:14: 'objectives.a.one.promise' is ''; expected a text that is not empty.")]
    [InlineData("    unit: s\n", "    unit: s\n    unit: ms\n", "6:5: ")]
    [InlineData("  a.one:\n", "  A.one:\n", "3:3: 'A.one' is no objective's id; expected area.promise in lower case, such as cache.hit.")]
    [InlineData("  a.one:\n", "  one:\n", "3:3: 'one' is no objective's id")]
    [InlineData("[a.one]", "[a.on]", "13:16: profile 'pr' asks for 'a.on', which is no objective; did you mean 'a.one'?")]
    [InlineData("[a.one]", "[a.one, a.one]", "13:23: profile 'pr' lists 'a.one' twice.")]
    [InlineData("[a.one]", "[a.one]\n    report: [a.one]", "14:14: profile 'pr' lists 'a.one' twice.")]
    [InlineData("[a.one]", "a.one", "13:15: 'profiles.pr.required' is 'a.one'; expected a list.")]
    [InlineData("[a.one]", "[7]", "13:16: 'profiles.pr.required[0]' is 7; expected a string.")]
    [InlineData(
        "waivers: []",
        "waivers: [{objective: a.onn, environment: '*', reason: r, owner: o, until: 2026-12-31}]",
        "14:23: a waiver names 'a.onn', which is no objective; did you mean 'a.one'?"
    )]
    [InlineData(
        "waivers: []",
        "waivers: [{objective: a.one, environment: '*', reason: r, owner: o, until: 2026-02-30}]",
        "14:76: '2026-02-30' is no day of the calendar."
    )]
    [InlineData(
        "waivers: []",
        "waivers: [{objective: a.one, environment: '*', reason: '', owner: o, until: 2026-12-31}]",
        "14:56: 'waivers[0].reason' is ''; expected a text that is not empty."
    )]
    [InlineData("schema: 1", "schema: 2", "1:9: 'schema' is 2. Allowed: 1.")]
    [InlineData("schema: 1\n", "", "1:1: the document misses the key 'schema'.")]
    [InlineData("waivers: []", "waivers: [", "15:1: ")]
    [InlineData("waivers: []", "waivers: &all [*all]", "14:")]
    [InlineData("waivers: []", "waivers: []\n[a, b]: c", "15:1: a key must be a text.")]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: ratio\n    comparison: at-least\n    limit: 0.99\n",
        "8:22: 'objectives.a.one.minObservations' is 1; a ratio of 0.99 needs at least 300 (3 / (1 - ratio))."
    )]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: ratio\n    comparison: at-least\n    limit: 99\n",
        "7:12: 'objectives.a.one.limit' is 99; a ratio lies between 0 and 1."
    )]
    [InlineData("limit: 1\n", "limit: -5\n", "7:12: 'objectives.a.one.limit' is -5; a duration lies between 0 and a day, 86,400 s.")]
    [InlineData("limit: 1\n", "limit: 90000\n", "7:12: 'objectives.a.one.limit' is 90000; a duration lies between 0 and a day, 86,400 s.")]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: ms\n    comparison: at-most\n    limit: 86400001\n",
        "7:12: 'objectives.a.one.limit' is 86400001; a duration lies between 0 and a day, 86,400,000 ms."
    )]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: buffs\n    comparison: at-most\n    limit: -1\n",
        "7:12: 'objectives.a.one.limit' is -1; a count lies between 0 and 1,000,000,000."
    )]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: buffs\n    comparison: at-most\n    limit: 1e30\n",
        "7:12: 'objectives.a.one.limit' is 1E+30; a count lies between 0 and 1,000,000,000."
    )]
    [InlineData(
        "    unit: s\n    comparison: at-most\n    limit: 1\n",
        "    unit: percent\n    comparison: at-most\n    limit: 101\n",
        "7:12: 'objectives.a.one.limit' is 101; a percentage lies between 0 and 100."
    )]
    public void A_fault_in_gates_is_named_at_its_place(string right, string wrong, string message)
    {
        using var folder = new OwnFolder();
        Assert.Contains(right, Gates, StringComparison.Ordinal);
        Assert.NotNull(GatesFile.Read(folder.Holding("right.yaml", Gates)));
        var path = folder.Holding("gates.yaml", Gates.Replace(right, wrong, StringComparison.Ordinal));

        var error = Assert.Throws<DocumentException>(() => GatesFile.Read(path));

        Assert.StartsWith($"{path}:{message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.99, 300)]
    [InlineData(0.999, 3000)]
    [InlineData(0.9, 30)]
    [InlineData(0.5, 6)]
    public void A_ratio_with_just_enough_observations_is_accepted_and_one_fewer_is_not(double limit, int enough)
    {
        using var folder = new OwnFolder();
        var ratio = Gates
            .Replace("unit: s", "unit: ratio", StringComparison.Ordinal)
            .Replace("at-most", "at-least", StringComparison.Ordinal)
            .Replace("limit: 1\n", $"limit: {limit}\n", StringComparison.Ordinal);
        string With(int observations) =>
            folder.Holding("gates.yaml", ratio.Replace("minObservations: 1", $"minObservations: {observations}", StringComparison.Ordinal));

        Assert.NotNull(GatesFile.Read(With(enough)));
        Assert.Throws<DocumentException>(() => GatesFile.Read(With(enough - 1)));
    }

    [Theory]
    [InlineData("", ": is empty.")]
    [InlineData("# only a comment", ": is empty.")]
    [InlineData("a: b\n---\nc: d\n", ": holds more than one document; expected one.")]
    [InlineData("- a\n", ":1:1: the document is a list; expected a mapping of keys and values.")]
    [InlineData("just text", ":1:1: the document is 'just text'; expected a mapping of keys and values.")]
    [InlineData("\tname: x", ":1:")]
    public void What_is_no_mapping_is_named(string text, string message)
    {
        using var folder = new OwnFolder();
        var path = folder.Holding("sut.yaml", text);
        Assert.StartsWith(path + message, Assert.Throws<DocumentException>(() => SutFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quoted_text_stays_text()
    {
        using var folder = new OwnFolder();
        var sut = SutFile.Read(
            folder.Holding("sut.yaml", Sut.Replace("dashboard: {}", "dashboard: {DEPTH: '7', FLAG: \"true\"}", StringComparison.Ordinal))
        );
        Assert.Equal(("7", "true"), (sut.Environment.Dashboard["DEPTH"], sut.Environment.Dashboard["FLAG"]));

        var path = folder.Holding("sut.yaml", Sut.Replace("dashboard: {}", "dashboard: {DEPTH: 7}", StringComparison.Ordinal));
        Assert.Equal(
            $"{path}:4:34: 'environment.dashboard.DEPTH' is 7; expected a string.",
            Assert.Throws<DocumentException>(() => SutFile.Read(path)).Message
        );
    }

    [Theory]
    [InlineData("patch: p\n", "", ":1:1: expected either 'patch' or 'overlay', and not both.")]
    [InlineData("patch: p\n", "patch: p\noverlay: o\n", ":1:1: expected either 'patch' or 'overlay', and not both.")]
    [InlineData("patch: p\n", "patch: away\n", ":5:8: there is no ")]
    [InlineData("a.one", "a.onne", ":4:12: 'a.onne' is no objective; did you mean 'a.one'?")]
    [InlineData("90 s", "soon", ":6:12: 'timeLimit' is 'soon'; expected a duration")]
    [InlineData("patch: p\n", "patch: p\ntries: 6\n", ":6:8: 'tries' is 6; expected how often it is tried")]
    public void A_mutant_is_a_patch_or_an_overlay_that_is_there_against_an_objective_that_is_there(
        string right,
        string wrong,
        string message
    )
    {
        using var folder = new OwnFolder();
        var gates = GatesFile.Read(folder.Holding("gates.yaml", Gates));
        folder.Holding("p", "a patch");
        Directory.CreateDirectory(folder.In("o"));
        var path = folder.Holding("mutant.yaml", Mutation.Replace(right, wrong, StringComparison.Ordinal));

        Assert.StartsWith(
            path + message,
            Assert.Throws<DocumentException>(() => MutantFile.Read(path, gates)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(folder.In("p"), MutantFile.Read(folder.Holding("mutant.yaml", Mutation), gates).Patch);
        Assert.Equal(
            folder.In("o"),
            MutantFile
                .Read(folder.Holding("mutant.yaml", Mutation.Replace("patch: p", "overlay: o", StringComparison.Ordinal)), gates)
                .Overlay
        );
    }

    [Theory]
    [InlineData("{\"schema\": 1,\n \"id\": \"a\",\n  \"id\": \"b\"}", "3:3: key 'id' stands here a second time; remove one.")]
    [InlineData("{\"schema\": 1,\n \"id\": }", "2:8: is not JSON here: ")]
    [InlineData("{\"schema\": 1}\n x", "2:2: is not JSON here: ")]
    [InlineData("", "1:1: is not JSON here: ")]
    [InlineData("{\"schema\": 1, \"ru", "1:")]
    [InlineData("{\"schema\": 1, \"é\": 1e999}", "1:20: this number is too large.")]
    [InlineData("{'schema': 1}", "1:2: is not JSON here: ")]
    [InlineData("{\"schema\": 1, // no\n \"id\": 2}", "1:15: is not JSON here: ")]
    public void A_fault_in_json_is_named_at_its_place(string text, string message)
    {
        using var folder = new OwnFolder();
        var path = folder.Holding("run.json", text);
        Assert.StartsWith(
            $"{path}:{message}",
            Assert.Throws<DocumentException>(() => DocumentReader.Read(path, "run")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_is_not_there_or_cannot_be_read_is_named()
    {
        Assert.Equal(
            "/nowhere/gates.yaml: there is no such file. Name one that exists.",
            Assert.Throws<DocumentException>(() => GatesFile.Read("/nowhere/gates.yaml")).Message
        );
        Assert.StartsWith(
            "/: cannot be read: ",
            Assert.Throws<DocumentException>(() => GatesFile.Read("/")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_named_at_their_place()
    {
        using var folder = new OwnFolder();
        File.WriteAllBytes(folder.In("sut.yaml"), [.. "a: b\nc: "u8, 0xFF]);
        Assert.Equal(
            $"{folder.In("sut.yaml")}:2:4: is not UTF-8 text here.",
            Assert.Throws<DocumentException>(() => SutFile.Read(folder.In("sut.yaml"))).Message
        );
    }

    [Fact]
    public void A_byte_order_mark_is_no_text()
    {
        using var folder = new OwnFolder();
        File.WriteAllBytes(folder.In("sut.yaml"), [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Sut)]);
        Assert.Equal("x", SutFile.Read(folder.In("sut.yaml")).Name);
    }

    [Theory]
    [InlineData("500 ms", 500)]
    [InlineData("120 s", 120_000)]
    [InlineData("95 min", 95 * 60_000)]
    [InlineData("3 h", 3 * 3_600_000)]
    [InlineData("1 d", 24 * 3_600_000)]
    [InlineData("500ms", 500)]
    [InlineData("120s", 120_000)]
    [InlineData("95min", 95 * 60_000)]
    [InlineData("90m", 90 * 60_000)]
    [InlineData("3h", 3 * 3_600_000)]
    public void Durations_are_read_as_people_write_them(string text, int milliseconds) =>
        Assert.Equal(milliseconds, Duration.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("120x")]
    [InlineData("120")]
    [InlineData("1s2")]
    [InlineData("1s\n")]
    [InlineData("-1 s")]
    [InlineData("1  s")]
    [InlineData("999999999999 h")]
    [InlineData("9223372036854775807 h")]
    [InlineData("9223372036854775807 ms")]
    public void What_is_no_duration_is_refused(string text) => Assert.Throws<FormatException>(() => Duration.Parse(text));

    [Theory]
    [InlineData("limt", "; did you mean 'limit'?")]
    [InlineData("lmiit", "; did you mean 'limit'?")]
    [InlineData("x", ".")]
    [InlineData("budget", "; did you mean 'budgets'?")]
    [InlineData("banana", ".")]
    public void The_nearest_word_is_offered_only_where_it_is_near(string word, string end) =>
        Assert.Equal(end, Suggestion.For(word, ["limit", "budgets", "required"]));

    [Theory]
    [InlineData("--profil", " Did you mean --profile?")]
    [InlineData("--banana", "")]
    public void A_sentence_asks_for_the_nearest_word_only_where_it_is_near(string word, string end) =>
        Assert.Equal(end, Suggestion.Question(word, ["--profile", "--only"]));
}
