using System.Diagnostics;
using System.Text;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class JsonLinesTests
{
    private static readonly EvidenceLine Line = Lines.Of(
        new Objective("a.one", "p", "s", Comparison.AtMost, 1, 1, [], ObjectiveKind.Contract),
        1,
        "T"
    );

    [Fact]
    public void A_log_that_is_not_there_is_empty() => Assert.Empty(new EvidenceLog("/nowhere/evidence.jsonl").Read());

    [Fact]
    public void The_torn_last_line_of_a_killed_writer_is_left_out_even_where_it_ends_within_a_character()
    {
        using var folder = new OwnFolder();
        var path = Filled(folder, 3);
        using (var file = new FileStream(path, FileMode.Append))
            file.Write([.. "{\"objective\":\"a.on"u8, 0xC3]);

        Assert.Equal(3, new EvidenceLog(path).Read().Count);
    }

    [Fact]
    public void A_bad_line_elsewhere_is_an_error_with_its_number()
    {
        using var folder = new OwnFolder();
        var path = Filled(folder, 1);
        File.AppendAllText(path, "{\"objective\":\"a.on\n");
        using var log = new EvidenceLog(path);
        log.Append(Line);

        var error = Assert.Throws<DocumentException>(log.Read);

        Assert.StartsWith($"{path}:2:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"torn")]
    [InlineData("{")]
    [InlineData("{\"objective\":\"a.one\"}")]
    public void A_line_after_a_torn_one_is_not_glued_to_it_and_both_are_read_for_what_they_are(string torn)
    {
        using var folder = new OwnFolder();
        var path = Filled(folder, 1);
        File.AppendAllText(path, torn);
        using var log = new EvidenceLog(path);
        log.Append(Line);

        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal(2, log.Read().Count);
    }

    [Fact]
    public void A_writer_that_was_there_before_another_died_begins_a_line_of_its_own()
    {
        using var folder = new OwnFolder();
        var path = folder.In("evidence.jsonl");
        using var log = new EvidenceLog(path);
        for (var death = 0; death < 3; death++)
        {
            log.Append(Line);
            File.AppendAllText(path, "{\"torn");
        }

        log.Append(Line);

        Assert.Equal(4, log.Read().Count);
    }

    [Fact]
    public void The_file_is_opened_once_and_closed_with_the_log()
    {
        using var folder = new OwnFolder();
        var log = new EvidenceLog(folder.In("evidence.jsonl"));
        Assert.Equal(0, Descriptors(folder));
        log.Append(Line);
        var first = Descriptors(folder);
        log.Append(Line);

        Assert.Equal((1, 1), (first, Descriptors(folder)));
        log.Dispose();
        Assert.Equal(0, Descriptors(folder));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e300)]
    [InlineData(-0.0)]
    [InlineData(null)]
    public void A_value_survives_its_log(double? value)
    {
        using var folder = new OwnFolder();
        using var log = new EvidenceLog(folder.In("evidence.jsonl"));
        log.Append(Line with { Value = value });

        Assert.Equal(value, Assert.Single(log.Read()).Value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_figure_is_recorded_as_not_measured_and_why(double value)
    {
        using var folder = new OwnFolder();
        using var log = new EvidenceLog(folder.In("evidence.jsonl"));
        log.Append(Line with { Value = value, Resolution = value, Diagnosis = "0 of 0" });

        var read = Assert.Single(log.Read());
        Assert.Equal(
            ((double?)null, (double?)null, $"the measured value is {value}, which is no figure; 0 of 0"),
            (read.Value, read.Resolution, read.Diagnosis)
        );
    }

    [Theory]
    [InlineData("äöü \u4f60\u597d \U0001F600")]
    [InlineData("quote \" backslash \\ slash / {\"a\": [1]} # : - ' & * ! | > % @ `")]
    [InlineData("tab \t newline \n return \r bell \a delete \u007f next \u0085 separator \u2028")]
    [InlineData("\uFEFF \u0000 null true 1.5 ~")]
    public void A_text_survives_its_log_whatever_its_characters(string text)
    {
        using var folder = new OwnFolder();
        using var log = new EvidenceLog(folder.In("evidence.jsonl"));
        log.Append(
            Line with
            {
                Diagnosis = text,
                Dimensions = new Dictionary<string, string> { [text] = text },
            }
        );

        var read = Assert.Single(log.Read());
        Assert.Equal((text, text), (read.Diagnosis, read.Dimensions[text]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_of_many_writers_are_all_whole(bool gathered)
    {
        using var folder = new OwnFolder();
        var path = folder.In("evidence.jsonl");
        var reason = new string('x', 10_000);
        await Parallel.ForAsync(
            0,
            8,
            TestContext.Current.CancellationToken,
            (writer, _) =>
            {
                // A log each, with descriptors of its own, as in several processes.
                using var log = new JsonLines<EvidenceLine>(path, "evidence", gathered ? Buffering.OfLoad : null);
                for (var i = 0; i < 50; i++)
                    log.Append(Line with { Test = $"{writer}.{i}", Diagnosis = reason });
                return ValueTask.CompletedTask;
            }
        );

        var lines = new EvidenceLog(path).Read();

        Assert.Equal(400, lines.Select(line => line.Test).Distinct(StringComparer.Ordinal).Count());
        Assert.All(lines, line => Assert.Equal(reason, line.Diagnosis));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_of_many_threads_are_all_whole(bool gathered)
    {
        using var folder = new OwnFolder();
        using (
            var log = new JsonLines<EvidenceLine>(
                folder.In("evidence.jsonl"),
                "evidence",
                gathered ? new Buffering(TimeSpan.FromMilliseconds(1), 2000) : null
            )
        )
        {
            await Parallel.ForAsync(
                0,
                2000,
                TestContext.Current.CancellationToken,
                (number, _) =>
                {
                    log.Append(Line with { Test = $"{number}", Diagnosis = new string('x', number) });
                    return ValueTask.CompletedTask;
                }
            );
        }

        var lines = new EvidenceLog(folder.In("evidence.jsonl")).Read();

        Assert.Equal(2000, lines.Select(line => line.Test).Distinct(StringComparer.Ordinal).Count());
        Assert.All(lines, line => Assert.Equal(line.Test, $"{line.Diagnosis!.Length}"));
    }

    [Fact]
    public async Task Another_program_and_this_one_append_at_once_and_both_stay()
    {
        using var folder = new OwnFolder();
        var path = folder.In("evidence.jsonl");
        using var log = new EvidenceLog(path);
        log.Append(Line);
        await File.WriteAllTextAsync(
            folder.In("line"),
            (await File.ReadAllTextAsync(path, Encoding.UTF8, TestContext.Current.CancellationToken)).Replace(
                "\"T\"",
                "\"other\"",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "i=0; l=$(cat \"$1\"); while [ $i -lt 300 ]; do echo \"$l\" >> \"$0\"; i=$((i+1)); done", path, folder.In("line")]
        );
        using var shell = Process.Start(start)!;
        for (var i = 0; i < 300; i++)
            log.Append(Line);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var lines = log.Read();

        Assert.Equal((301, 300), (lines.Count(line => line.Test == "T"), lines.Count(line => line.Test == "other")));
    }

    /// <summary>How often this process has the log open (Linux).</summary>
    private static int Descriptors(OwnFolder folder) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(entry => new FileInfo(entry).LinkTarget == folder.In("evidence.jsonl"));

    private static string Filled(OwnFolder folder, int lines)
    {
        using var log = new EvidenceLog(folder.In("evidence.jsonl"));
        for (var i = 0; i < lines; i++)
            log.Append(Line);
        return folder.In("evidence.jsonl");
    }
}
