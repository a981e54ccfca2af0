using System.Text.Json.Nodes;
using CsCheck;
using Verification.Chaos.Faults;
using Verification.Gate.Mutants;
using Verification.Gate.Repeating;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>Lines are read without their schema, and are of it nevertheless.</summary>
public sealed class LineFormatTests
{
    private static readonly string[] Values =
    [
        "null",
        "true",
        "-1",
        "0",
        "7",
        "1.5",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "\"x\"",
        "\"7\"",
        "\"ok\"",
        "\"OK\"",
        "\"Op\"",
        "\"op\"",
        "\"ok, fail\"",
        "\"not-measured\"",
        "\"killed\"",
        "\"a.b\"",
        "\"A.b\"",
        "\"a.\"",
        "\"a.b.c\"",
        "\"0123456789ab\"",
        "\"0123456789ab\\n\"",
        "[]",
        "[\"f\"]",
        "[null]",
        "{}",
        "{\"a\":\"b\"}",
        "{\"a\":null}",
        "{\"a\":1}",
    ];

    [Fact]
    public void A_history_line_is_refused_exactly_where_its_schema_refuses_it() =>
        RefusesAsItsSchema<HistoryLine>("history.jsonl", "history");

    [Fact]
    public void An_evidence_line_is_refused_exactly_where_its_schema_refuses_it() =>
        RefusesAsItsSchema<EvidenceLine>("evidence.jsonl", "evidence");

    [Fact]
    public void A_line_of_a_mutants_result_is_refused_exactly_where_its_schema_refuses_it() =>
        RefusesAsItsSchema<MutantResult>("mutants.jsonl", "mutant-result");

    [Fact]
    public void A_line_of_a_scenarios_result_is_refused_exactly_where_its_schema_refuses_it() =>
        RefusesAsItsSchema<ScenarioResult>("chaos.jsonl", ScenarioResult.Schema);

    [Fact]
    public void A_line_of_the_journal_of_faults_is_refused_exactly_where_its_schema_refuses_it() =>
        RefusesAsItsSchema<FaultRecord>("faults.jsonl", "fault");

    [Theory]
    [InlineData("2026-11-24T08:30:15", false)]
    [InlineData("2026-11-24", false)]
    [InlineData("yesterday", false)]
    [InlineData("2026-11-24T08:30:15Z", true)]
    [InlineData("2026-11-24T08:30:15.995+02:00", true)]
    public void A_time_says_its_zone(string time, bool good)
    {
        using var folder = new OwnFolder();
        var line = JsonNode.Parse(File.ReadLines(Files.Golden("evidence.jsonl")).First())!;
        line["at"] = time;
        var path = folder.Holding("evidence.jsonl", line.ToJsonString() + "\n");
        using var log = new EvidenceLog(path);

        if (good)
            Assert.Single(log.Read());
        else
            Assert.StartsWith($"{path}:1:", Assert.Throws<DocumentException>(log.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_line_is_come_to_only_when_it_is_asked_for_and_then_told_with_its_place()
    {
        using var folder = new OwnFolder();
        var lines = File.ReadAllLines(Files.Golden("history.jsonl"));
        var path = folder.Holding(
            "history.jsonl",
            $"{lines[0]}\n\n{lines[2].Replace("\"client-3\"", "\"client-3\",\"proces\":\"x\"", StringComparison.Ordinal)}\n"
        );

        Assert.Equal(HistoryKind.Anchor, HistoryLog.Stream(path).First().Kind);
        Assert.StartsWith(
            $"{path}:3:59: unknown key 'proces'; did you mean 'process'?",
            Assert.Throws<DocumentException>(() => HistoryLog.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_byte_that_is_no_text_is_told_with_its_place()
    {
        using var folder = new OwnFolder();
        var path = folder.In("history.jsonl");
        var good = System.Text.Encoding.UTF8.GetBytes(File.ReadLines(Files.Golden("history.jsonl")).First());
        var bad = good.ToArray();
        bad[20] = 0xC3;
        File.WriteAllBytes(path, [.. good, (byte)'\n', .. bad, (byte)'\n', .. good, (byte)'\n']);

        Assert.StartsWith(
            $"{path}:2:21: is not UTF-8 text here.",
            Assert.Throws<DocumentException>(() => HistoryLog.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_line_longer_than_any_buffer_and_a_mark_of_byte_order_do_no_harm()
    {
        using var folder = new OwnFolder();
        var path = folder.In("h");
        var detail = new string('ä', 500_000);
        using (var log = new HistoryLog(path, TimeProvider.System))
        {
            log.Append(HistoryLine.Event("long", null, 0, detail));
            log.Append(HistoryLine.Event("short", null, 0));
        }

        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(path)]);

        Assert.Equal(["anchor", "long", "short"], HistoryLog.Read(path).Select(line => line.Name));
        Assert.Equal(detail, HistoryLog.Stream(path).ElementAt(1).Detail);
    }

    private static void RefusesAsItsSchema<T>(string golden, string schema)
    {
        var lines = File.ReadAllLines(Files.Golden(golden));
        var change = Gen.Select(Gen.Int[0, lines.Length - 1], Gen.Int[0, 3], Gen.Int[0, 12], Gen.Int[0, Values.Length - 1]);
        change.Sample(
            each =>
            {
                using var folder = new OwnFolder();
                var line = Changed(lines[each.Item1], each.Item2, each.Item3, Values[each.Item4]);
                using var log = new JsonLines<T>(folder.Holding("lines.jsonl", line + "\n"), schema);

                Assert.True(Reads(() => DocumentReader.Parse(line, "line.jsonl", schema).As<T>()) == Reads(log.Read), line);
            },
            iter: 500
        );
    }

    /// <summary>A line with one member changed: left out, renamed, given another value, written twice.</summary>
    private static string Changed(string line, int how, int which, string value)
    {
        var members = JsonNode.Parse(line)!.AsObject().Select(member => (Name: member.Key, Text: member.Value!.ToJsonString())).ToList();
        var at = which % members.Count;
        var member = members[at];
        members.RemoveAt(at);
        members.InsertRange(
            at,
            how switch
            {
                0 => [],
                1 => [(value.Length % 2 == 0 ? member.Name.ToUpperInvariant() : member.Name + "s", member.Text)],
                2 => [(member.Name, value)],
                _ => [member, (member.Name, value)],
            }
        );
        return $"{{{string.Join(',', members.Select(each => $"\"{each.Name}\":{each.Text}"))}}}";
    }

    private static bool Reads(Func<object?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (DocumentException)
        {
            return false;
        }
    }
}
