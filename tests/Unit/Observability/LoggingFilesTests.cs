using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verification.Cluster.Manifests;
using Verification.Objectives;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>The files of config/logging/ fit each other. What runs of them is tried by the suite logging; Kibana and what needs x-pack runs
/// nowhere here.</summary>
public sealed partial class LoggingFilesTests
{
    private static readonly string Folder = Path.Combine(ProjectRoot.Find().Config, "logging");
    private static readonly string[] Streams = [LogStream.Lines, LogStream.Refused];
    private static readonly IReadOnlyDictionary<string, JsonElement> Templates = Directory
        .EnumerateFiles(Path.Combine(Folder, "elasticsearch"), "*-template.json")
        .Select(Read)
        .ToDictionary(template => template.GetProperty("index_patterns")[0].GetString()!, StringComparer.Ordinal);

    private static readonly IReadOnlyList<JsonElement> Kibana =
    [
        .. File.ReadLines(Path.Combine(Folder, "kibana", "objects.ndjson")).Select(line => JsonDocument.Parse(line).RootElement),
    ];

    public static TheoryData<string> Stream => [.. Streams];

    [Fact]
    public void Fluentd_writes_to_the_streams_that_have_a_template()
    {
        Assert.Equal(Streams.Order(StringComparer.Ordinal), Templates.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Streams, Index().Matches(Pipeline).Select(match => match.Groups["name"].Value));
    }

    [Theory]
    [MemberData(nameof(Stream))]
    public void Each_stream_ends_with_the_retention_policy(string stream)
    {
        var settings = Read(Path.Combine(Folder, "elasticsearch", "retention-settings.json"));
        var policy = settings.GetProperty("template").GetProperty("settings").GetProperty("index.lifecycle.name").GetString();

        Assert.Equal(policy, Templates[stream].GetProperty("composed_of")[0].GetString());
        // Where there are no lifecycle policies, as in the tests, it goes without.
        Assert.Equal(policy, Templates[stream].GetProperty("ignore_missing_component_templates")[0].GetString());
    }

    [Fact]
    public void Logs_are_kept_for_30_days()
    {
        var phases = Read(Path.Combine(Folder, "elasticsearch", "retention-policy.json")).GetProperty("policy").GetProperty("phases");

        Assert.Equal("30d", phases.GetProperty("delete").GetProperty("min_age").GetString());
        Assert.True(phases.GetProperty("delete").GetProperty("actions").TryGetProperty("delete", out _));
        Assert.True(phases.GetProperty("hot").GetProperty("actions").TryGetProperty("rollover", out _));
    }

    /// <summary>Nothing here sees it run: under another name the policy would be there, and lines would be kept for ever.</summary>
    [Fact]
    public void What_is_put_into_Elasticsearch_is_each_file_of_its_folder_under_the_name_by_which_the_others_call_it()
    {
        var folder = Path.Combine(Folder, "elasticsearch");
        var put = Put()
            .Matches(File.ReadAllText(Path.Combine(folder, "put-templates.rb")))
            .Select(match => (Path: match.Groups["path"].Value, File: match.Groups["file"].Value))
            .ToList();
        var policy = Read(Path.Combine(folder, "retention-settings.json"))
            .GetProperty("template")
            .GetProperty("settings")
            .GetProperty("index.lifecycle.name")
            .GetString();

        Assert.Equal(
            Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            put.Select(each => each.File).Order(StringComparer.Ordinal)
        );
        // In this order: each names the one before.
        Assert.Equal(
            [($"/_ilm/policy/{policy}", "retention-policy.json"), ($"/_component_template/{policy}", "retention-settings.json")],
            put.Take(2)
        );
        Assert.All(
            put.Skip(2),
            each =>
                Assert.Equal(
                    $"/_index_template/{Read(Path.Combine(folder, each.File)).GetProperty("index_patterns")[0].GetString()}",
                    each.Path
                )
        );
    }

    public static TheoryData<string> Environments =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(ProjectRoot.Find().Path, "environments"), "values.yaml", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)),
        ];

    /// <summary>The Elasticsearch of a throwaway cluster has no lifecycle policies.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public void Logs_end_in_each_environment_that_lasts(string environment)
    {
        var file = Path.Combine(ProjectRoot.Find().Path, "environments", environment, "values.yaml");
        var logging = ManifestReader.Parse(File.ReadAllText(file), file).Select(values => values.Root["logging"]).Single();

        Assert.Equal(environment != "local", logging is null || $"{logging["retention"] ?? "true"}" == "true");
    }

    [Fact]
    public void Every_output_has_its_buffer_on_the_disk_tries_for_ever_and_holds_back_who_reads() =>
        Assert.All(
            Outputs().Matches(Pipeline).Select(match => match.Value),
            output =>
                Assert.All(
                    [
                        "@type file",
                        "path /var/lib/fluentd/",
                        "overflow_action block",
                        "retry_forever true",
                        "unrecoverable_error_types [\"out_of_memory_error\"]",
                    ],
                    setting => Assert.Contains(setting, output, StringComparison.Ordinal)
                )
        );

    /// <summary>The suite writes each password of the run in all of them.</summary>
    [Fact]
    public void A_secret_slips_in_as_many_forms_as_promise_and_docs_say()
    {
        Assert.Contains(
            $"in any of {SlippedSecrets.Forms} forms",
            GatesFile.Read(ProjectRoot.Find().Gates).Objectives["logs.masked"].Promise,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"in {SlippedSecrets.Forms} forms",
            File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "docs", "logging.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_form_is_a_line_of_its_own_that_holds_the_secret()
    {
        var lines = new SlippedSecrets("word", "hunter2hunter2", "trace").All;

        Assert.Equal(lines.Distinct(), lines);
        Assert.All(
            lines,
            line =>
            {
                Assert.Contains("word", line, StringComparison.Ordinal);
                Assert.Matches($"hunter2hunter2|{Convert.ToBase64String("hunter2hunter2"u8)}", line);
                Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
            }
        );
    }

    /// <summary>The filter that asks the cluster's API for a pod's labels ends Fluentd at the start where that can't be reached.</summary>
    [Fact]
    public void Fluentd_starts_whether_the_API_of_the_cluster_answers_or_not() =>
        Assert.DoesNotContain("kubernetes_metadata", Pipeline, StringComparison.Ordinal);

    /// <summary>What fails under it comes back to it, and so on: no format that refuses anything may stand there.</summary>
    [Fact]
    public void Under_the_label_of_errors_nothing_is_read_or_written_but_text()
    {
        var kinds = Kind().Matches(Errors().Match(Pipeline).Value).Select(match => match.Groups["kind"].Value);

        Assert.Equal(["refused_line", "elasticsearch", "file"], kinds.Distinct());
    }

    [Fact]
    public void What_Kibana_shows_are_fields_of_the_template()
    {
        var views = Kibana
            .Where(each => Type(each) == "index-pattern")
            .ToDictionary(view => view.GetProperty("id").GetString()!, view => view.GetProperty("attributes"), StringComparer.Ordinal);
        var searches = Kibana.Where(each => Type(each) == "search").ToList();

        Assert.All(
            views.Values,
            view =>
                Assert.Equal("date_nanos", FieldsOf(view.GetProperty("title").GetString()!)[view.GetProperty("timeFieldName").GetString()!])
        );
        Assert.NotEmpty(searches);
        Assert.All(
            searches,
            search =>
            {
                var attributes = search.GetProperty("attributes");
                var fields = FieldsOf(
                    views[search.GetProperty("references")[0].GetProperty("id").GetString()!].GetProperty("title").GetString()!
                );
                var asked = Asked().Matches(QueryOf(search)).Select(match => match.Groups["field"].Value);
                var shown = attributes
                    .GetProperty("columns")
                    .EnumerateArray()
                    .Concat(attributes.GetProperty("sort").EnumerateArray().Select(sort => sort[0]))
                    .Select(column => column.GetString()!);
                Assert.All(shown.Concat(asked), field => Assert.Contains(field, fields.Keys));
            }
        );
    }

    /// <summary>Each panel is a search that is saved here, whose fields are the template's; Kibana finds it by the name of a
    /// reference.</summary>
    [Fact]
    public void A_dashboard_of_Kibana_shows_each_search_that_is_saved()
    {
        var board = Kibana.Single(each => Type(each) == "dashboard");
        var panels = Inner(board.GetProperty("attributes").GetProperty("panelsJSON")).EnumerateArray().ToList();
        var references = board
            .GetProperty("references")
            .EnumerateArray()
            .ToDictionary(each => each.GetProperty("name").GetString()!, StringComparer.Ordinal);

        Assert.Equal(
            references.Keys.Order(StringComparer.Ordinal),
            panels
                .Select(panel => $"{panel.GetProperty("panelIndex").GetString()}:{panel.GetProperty("panelRefName").GetString()}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(panels, panel => Assert.Equal("search", Type(panel)));
        Assert.Equal(
            Kibana.Where(each => Type(each) == "search").Select(Id).Order(StringComparer.Ordinal),
            references.Values.Where(each => Type(each) == "search").Select(Id).Order(StringComparer.Ordinal)
        );
        Assert.Empty(QueryOf(board));
    }

    [Fact]
    public void The_panels_of_a_dashboard_of_Kibana_have_places_of_their_own_in_its_48_columns()
    {
        var panels = Inner(Kibana.Single(each => Type(each) == "dashboard").GetProperty("attributes").GetProperty("panelsJSON"))
            .EnumerateArray()
            .Select(panel => (Index: panel.GetProperty("panelIndex").GetString(), Grid: panel.GetProperty("gridData")))
            .ToList();
        var below = 0;

        Assert.All(
            panels,
            panel =>
            {
                Assert.Equal(panel.Index, panel.Grid.GetProperty("i").GetString());
                Assert.Equal(0, panel.Grid.GetProperty("x").GetInt32());
                Assert.InRange(panel.Grid.GetProperty("w").GetInt32(), 1, 48);
                // One below the other.
                Assert.Equal(below, panel.Grid.GetProperty("y").GetInt32());
                below += panel.Grid.GetProperty("h").GetInt32();
            }
        );
    }

    [Fact]
    public void What_an_object_of_Kibana_refers_to_is_there()
    {
        var there = Kibana.Select(each => (Type(each), Id(each))).ToHashSet();

        Assert.Equal(Kibana.Count, there.Count);
        Assert.All(
            Kibana.SelectMany(each => each.GetProperty("references").EnumerateArray()),
            reference => Assert.Contains((Type(reference), Id(reference)), there)
        );
    }

    [Fact]
    public void Each_hard_line_has_a_word_of_its_own_and_stands_in_the_file()
    {
        var lines = new HardLines("run", DateTimeOffset.UnixEpoch);
        var text = Encoding.UTF8.GetString(lines.File.Span);

        Assert.Equal(lines.Words.Distinct(), lines.Words);
        Assert.All(lines.Words, word => Assert.Matches($@"\b{word}\b", text));
    }

    private static string Pipeline => File.ReadAllText(Path.Combine(Folder, "fluentd", "fluent.conf"));

    private static string Type(JsonElement saved) => saved.GetProperty("type").GetString()!;

    private static string Id(JsonElement saved) => saved.GetProperty("id").GetString()!;

    /// <summary>Kibana keeps much of what it saves as text.</summary>
    private static JsonElement Inner(JsonElement text) => JsonDocument.Parse(text.GetString()!).RootElement;

    private static string QueryOf(JsonElement saved) =>
        Inner(saved.GetProperty("attributes").GetProperty("kibanaSavedObjectMeta").GetProperty("searchSourceJSON"))
            .GetProperty("query")
            .GetProperty("query")
            .GetString()!;

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;

    /// <summary>The type of each field of a stream, by its whole name.</summary>
    private static IReadOnlyDictionary<string, string> FieldsOf(string stream) =>
        Fields(Templates[stream].GetProperty("template").GetProperty("mappings"), "").ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Fields(JsonElement mapping, string prefix) =>
        mapping
            .GetProperty("properties")
            .EnumerateObject()
            .SelectMany(field =>
                field.Value.TryGetProperty("type", out var type)
                    ? [KeyValuePair.Create($"{prefix}{field.Name}", type.GetString()!)]
                    : Fields(field.Value, $"{prefix}{field.Name}.")
            );

    [GeneratedRegex(
        @"^ *index_name (?<name>\S+)$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Index();

    [GeneratedRegex(
        "'(?<path>/[^']+)' => '(?<file>[^']+)'",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Put();

    [GeneratedRegex(
        "@type elasticsearch.*?</match>",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Outputs();

    [GeneratedRegex("<label @ERROR>.*?</label>", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"@type (?<kind>\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();

    [GeneratedRegex(@"(?<field>[\w.@]+):", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();
}
