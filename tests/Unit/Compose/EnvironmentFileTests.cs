using Verification.Gate.Compose;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Compose;

public sealed class EnvironmentFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => System.IO.Path.Combine(folder.Path, ".env");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_holds_the_settings()
    {
        EnvironmentFile.Write(Path, new Dictionary<string, string> { ["MYSQL_IMAGE"] = "mysql:9.7" });

        Assert.Equal("mysql:9.7", Values()["MYSQL_IMAGE"]);
    }

    [Fact]
    public void Only_its_owner_can_read_it()
    {
        File.WriteAllText(Path, "MYSQL_PASSWORD=old\n");

        EnvironmentFile.Write(Path, new Dictionary<string, string>());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void A_second_time_changes_images_and_keeps_what_others_wrote()
    {
        EnvironmentFile.Write(Path, new Dictionary<string, string> { ["MYSQL_IMAGE"] = "mysql:9.6" });
        File.AppendAllText(Path, "COMPOSE_PROJECT_NAME=mine\n");
        var first = Values();

        EnvironmentFile.Write(Path, new Dictionary<string, string> { ["MYSQL_IMAGE"] = "mysql:9.7" });

        first["MYSQL_IMAGE"] = "mysql:9.7";
        Assert.Equal(first, Values());
    }

    private Dictionary<string, string> Values() =>
        File.ReadAllLines(Path)
            .Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
