using System.CommandLine;
using System.Text.Json;
using MySqlConnector;

namespace Verification.Recovery.Commands;

/// <summary>The command line of the program <c>proof</c>. Exit codes are those of <c>docs/recovery.md</c>.</summary>
internal static class ProofCommands
{
    private const int Misused = 2;
    private const int Broken = 20;
    private const int KnownServer = 22;
    private const int Unreachable = 24;
    private const int Unreadable = 25;
    private const int Different = 26;

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code; where it isn't 0, one sentence stands in <paramref name="errors"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Proves what a backup or a restore holds.")
        {
            Content(output),
            Compare(output, errors),
            Chain(output, errors),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return Tell(Misused, parsed.Errors[0].Message);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (ChainBrokenException e)
        {
            return Tell(Broken, e.Message);
        }
        catch (PointUnreachableException e)
        {
            return Tell(Unreachable, e.Message);
        }
        catch (FormatException e)
        {
            return Tell(Misused, e.Message);
        }
        catch (Exception e) when (e is MySqlException or NotSupportedException)
        {
            return Tell(Unreadable, $"The server's content can't be read: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Tell(Misused, e.Message);
        }

        int Tell(int code, string sentence)
        {
            errors.WriteLine($"proof: {sentence}");
            return code;
        }
    }

    private static Command Content(TextWriter output)
    {
        var server = new ServerOptions();
        var command = new Command("content", "Digests all that a server holds, as JSON.");
        server.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
                await output
                    .WriteLineAsync((await server.ReadAsync(parsed, cancellationToken).ConfigureAwait(false)).ToJson())
                    .ConfigureAwait(false)
        );
        return command;
    }

    private static Command Compare(TextWriter output, TextWriter errors)
    {
        var server = new ServerOptions();
        var wanted = new Argument<FileInfo>("file") { Description = "What 'content' told of the server that this one should equal." };
        var command = new Command("compare", "Holds all that a server holds against what another held; tells its digest.") { wanted };
        server.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var there = DatabaseContent.Parse(
                    await File.ReadAllTextAsync(parsed.GetRequiredValue(wanted).FullName, cancellationToken).ConfigureAwait(false)
                );
                var here = await server.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
                var differences = there.ContentDifferencesOf(here);
                if (differences.Count > 0)
                {
                    await errors.WriteLineAsync($"proof: {string.Join("; ", differences)}.").ConfigureAwait(false);
                    return Different;
                }

                await output.WriteLineAsync(here.Digest).ConfigureAwait(false);
                return 0;
            }
        );
        return command;
    }

    private static Command Chain(TextWriter output, TextWriter errors)
    {
        var archive = new Argument<DirectoryInfo>("archive") { Description = "The binary logs: a folder for each server, by its UUID." };
        var server = new Option<string>("--server") { Description = "The UUID of the server whose binary logs they are.", Required = true };
        var basis = new Option<string>("--base") { Description = "The GTID set of the base.", Required = true };
        var until = new Option<string?>("--until") { Description = "The GTID of the first transaction that is not wanted." };
        var id = new Option<uint?>("--server-id") { Description = "The id of the server that is to replay them." };
        var newest = new Option<bool>("--newest") { Description = "Refuses where another server's binary logs went on later." };
        var without = new Option<string>("--without")
        {
            Description = "UUIDs of servers whose binary logs may be left out.",
            DefaultValueFactory = _ => "",
        };
        var command = new Command(
            "chain",
            "Proves that binary logs follow each other and the base; tells the GTID set of a restore, and the files that it replays."
        )
        {
            archive,
            server,
            basis,
            until,
            id,
            newest,
            without,
        };
        command.SetAction(async parsed =>
        {
            var (folder, uuid) = (parsed.GetRequiredValue(archive).FullName, parsed.GetRequiredValue(server));
            var held = GtidSet.Parse(parsed.GetRequiredValue(basis));
            var chain = BinaryLogChain.Read(Path.Combine(folder, uuid), held);
            if (parsed.GetValue(id) is { } replaying && chain.ServerIds.Contains(replaying))
            {
                await errors
                    .WriteLineAsync(
                        $"proof: the server id {replaying} stands in the archive: what it has written would be skipped in silence. Give RESTORE_SERVER_ID another."
                    )
                    .ConfigureAwait(false);
                return KnownServer;
            }

            var wanted = chain.Wanted(parsed.GetValue(until) is { Length: > 0 } point ? point : null, held);
            await output.WriteLineAsync($"wanted {wanted}").ConfigureAwait(false);
            foreach (var left in parsed.GetValue(newest) ? LeftOut.Of(folder, uuid, wanted, chain.Newest) : [])
            {
                if (left.IsLater && !parsed.GetRequiredValue(without).Contains(left.Server, StringComparison.OrdinalIgnoreCase))
                    throw new ChainBrokenException(
                        $"the server {left.Server} has written later than the base's, {uuid}: {left.Transactions} would be left out. Take a backup of that server (SNAPSHOT), or name it in WITHOUT."
                    );
                await output.WriteLineAsync($"left-out {left.Server} {left.Transactions}").ConfigureAwait(false);
            }

            foreach (var log in chain.Logs)
                await output.WriteLineAsync($"file {log.Name}").ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}
