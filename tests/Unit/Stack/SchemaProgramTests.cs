using System.Diagnostics;
using System.Text.RegularExpressions;
using Verification.Stack.Components.MySql;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

/// <summary>What the services find at their MySQL: <c>config/mysql/schema</c> before a <c>mysql</c> that takes what it is told, and what is
/// said of the table in more than one place.</summary>
public sealed partial class SchemaProgramTests : IDisposable
{
    /// <summary>Ends as it is told to where it is only asked whether it is there.</summary>
    private const string Mysql = """
        #!/bin/bash
        case "$*" in *--execute=*) exit "$(<"${0%/*}/answer")" ;; esac
        { echo "$MYSQL_PWD: $*"; cat; } >>"${0%/*}/asked"
        """;

    private readonly OwnFolder folder = new();

    [Fact]
    public async Task The_services_may_read_and_write_rows_and_nothing_else()
    {
        var (code, _, asked) = await RunAsync("accounts");

        Assert.Equal(0, code);
        Assert.StartsWith("of root: ", asked[0], StringComparison.Ordinal);
        Assert.Contains("--user=root", asked[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "CREATE USER IF NOT EXISTS 'maker'@'%' IDENTIFIED BY 'of '' \\\\ maker' REQUIRE SSL;",
                "ALTER USER 'maker'@'%' IDENTIFIED BY 'of '' \\\\ maker' REQUIRE SSL;",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON `sport\\_buff`.* TO 'maker'@'%';",
                "CREATE USER IF NOT EXISTS 'services'@'%' IDENTIFIED BY 'of services';",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON `sport\\_buff`.* TO 'services'@'%';",
                $"REVOKE IF EXISTS {TableRights.BeyondRows} ON `sport\\_buff`.* FROM 'services'@'%';",
            ],
            asked.Skip(1)
        );
    }

    [Fact]
    public async Task Tables_are_made_by_the_account_for_that()
    {
        var (code, _, asked) = await RunAsync("tables");

        Assert.Equal(0, code);
        Assert.StartsWith("of ' \\ maker: ", asked[0], StringComparison.Ordinal);
        Assert.EndsWith("--user=maker sport_buff", asked[0], StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllLinesAsync(Statements, TestContext.Current.CancellationToken), asked.Skip(1));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("/etc/authorities/ca.pem", true)]
    public async Task Where_authorities_are_given_the_server_shows_that_it_is_the_one(string authorities, bool shows)
    {
        var (_, _, asked) = await RunAsync("tables", authorities: authorities);

        Assert.Equal(shows, asked[0].Contains($"--ssl-mode=VERIFY_IDENTITY --ssl-ca={authorities}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("accounts", "h does not answer root within 1 s")]
    [InlineData("tables", "h does not answer maker within 1 s")]
    public async Task A_server_that_does_not_answer_is_told_of_and_asked_nothing(string step, string told)
    {
        var (code, output, asked) = await RunAsync(step, answer: "1");

        Assert.Equal(4, code);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task What_is_no_step_is_refused()
    {
        var (code, output, asked) = await RunAsync("table");

        Assert.Equal(2, code);
        Assert.Contains("accounts or tables is wanted", output, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    /// <summary>A Server that finds no table makes it as it is deployed.</summary>
    [Fact]
    public void The_table_that_the_Server_makes_is_the_one_that_is_deployed()
    {
        var made = Made().Match(File.ReadAllText(Path.Combine(Files.Root, "services", "Server", "Storage", "BuffStore.cs")));

        Assert.Equal(
            Words(string.Join('\n', File.ReadLines(Statements).Where(line => !line.StartsWith("--", StringComparison.Ordinal)))),
            $"{Words(made.Groups["table"].Value)};"
        );
    }

    public void Dispose() => folder.Dispose();

    private static string Statements => Path.Combine(Files.Root, "config", "mysql", "schema.sql");

    private static string Words(string text) => Blanks().Replace(text.Trim(), " ");

    private async Task<(int Code, string Output, List<string> Asked)> RunAsync(string step, string answer = "0", string authorities = "")
    {
        File.SetUnixFileMode(folder.Holding("mysql", Mysql), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Holding("answer", answer);
        var asked = folder.Holding("asked", "");
        var start = new ProcessStartInfo("bash", [Path.Combine(Files.Root, "config", "mysql", "schema"), step])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var (name, value) in new[]
            {
                ("PATH", $"{folder.Path}:{start.Environment["PATH"]}"),
                ("START", "1"),
                ("DB_HOST", "h"),
                ("DB_PORT", "3306"),
                ("DB_NAME", "sport_buff"),
                ("CA_FILE", authorities),
                ("ADMINISTRATOR", "root"),
                ("ADMINISTRATOR_PASSWORD", "of root"),
                ("SCHEMA_USER", "maker"),
                ("SCHEMA_PASSWORD", "of ' \\ maker"),
                ("DB_USER", "services"),
                ("DB_PASSWORD", "of services"),
            }
        )
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error, [.. await File.ReadAllLinesAsync(asked)]);
    }

    [GeneratedRegex("CreateTable = \"\"\"(?<table>[^\"]+)\"\"\"", RegexOptions.NonBacktracking)]
    private static partial Regex Made();

    [GeneratedRegex("\\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
