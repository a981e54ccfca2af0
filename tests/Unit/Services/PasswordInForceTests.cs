using MySqlConnector;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class PasswordInForceTests : IDisposable
{
    private const string AtTheStart = "Server=mysql;User ID=sport;Password=first;Maximum Pool Size=16";
    private readonly string folder = Directory.CreateTempSubdirectory("password").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string PasswordFile => Path.Combine(folder, "DBPASS");

    [Fact]
    public async Task Without_a_file_it_is_the_password_of_the_start() =>
        Assert.Equal(AtTheStart, await new PasswordInForce(new DatabaseOptions(AtTheStart)).ConnectionStringAsync(Cancellation));

    [Fact]
    public async Task It_is_what_the_file_says_now_without_the_end_of_its_line()
    {
        var password = OfFile();

        foreach (var now in new[] { "second", "third" })
        {
            await File.WriteAllTextAsync(PasswordFile, $"{now}\n", Cancellation);
            var options = new MySqlConnectionStringBuilder(await password.ConnectionStringAsync(Cancellation));

            Assert.Equal((now, "mysql", 16u), (options.Password, options.Server, options.MaximumPoolSize));
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_changes_nothing()
    {
        var password = OfFile();
        var before = new MySqlConnectionStringBuilder(await password.ConnectionStringAsync(Cancellation)).Password;
        await File.WriteAllTextAsync(PasswordFile, "second", Cancellation);
        _ = await password.ConnectionStringAsync(Cancellation);
        File.Delete(PasswordFile);

        Assert.Equal("first", before);
        Assert.Equal("second", new MySqlConnectionStringBuilder(await password.ConnectionStringAsync(Cancellation)).Password);
    }

    [Fact]
    public async Task Connections_of_a_password_that_was_changed_end_once_and_those_in_force_stay()
    {
        var ended = new List<string>();
        var password = new PasswordInForce(
            new DatabaseOptions(AtTheStart) { PasswordFile = PasswordFile },
            (connectionString, _) =>
            {
                ended.Add(new MySqlConnectionStringBuilder(connectionString).Password);
                return Task.CompletedTask;
            }
        );

        foreach (var now in new[] { "first", "second", "second", "third" })
        {
            await File.WriteAllTextAsync(PasswordFile, now, Cancellation);
            _ = await password.ConnectionStringAsync(Cancellation);
        }

        Assert.Equal(["first", "second"], ended);
    }

    [Fact]
    public async Task Nobody_connects_before_those_of_a_password_that_was_changed_have_ended()
    {
        var ended = new TaskCompletionSource();
        var password = new PasswordInForce(new DatabaseOptions(AtTheStart) { PasswordFile = PasswordFile }, (_, _) => ended.Task);
        await File.WriteAllTextAsync(PasswordFile, "second", Cancellation);

        var connecting = password.ConnectionStringAsync(Cancellation).AsTask();
        Assert.False(connecting.IsCompleted);
        ended.SetResult();

        Assert.Contains("second", await connecting, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private PasswordInForce OfFile() => new(new DatabaseOptions(AtTheStart) { PasswordFile = PasswordFile });
}
