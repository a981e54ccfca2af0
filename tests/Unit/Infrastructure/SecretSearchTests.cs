using System.IO.Compression;
using Verification.Infrastructure.Secrets;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class SecretSearchTests
{
    private const string Secret = "kZ7wQ2mB9xT4";
    private static readonly SecretSearch Search = new([Secret, "another-one"]);

    [Fact]
    public void A_secret_is_found_in_a_file_of_any_folder()
    {
        using var folder = new TemporaryFolder();
        folder.File("state/terraform.tfstate", $$"""{"password":"{{Secret}}"}""");
        folder.File("apply.log", "nothing");

        Assert.Equal([("apply.log", false), ("state/terraform.tfstate", true)], Search.Below(folder.Path));
    }

    [Fact]
    public void A_secret_is_found_in_what_is_packed_into_a_plan()
    {
        using var folder = new TemporaryFolder();
        using (var plan = ZipFile.Open(Path.Combine(folder.Path, "changes.plan"), ZipArchiveMode.Create))
        using (var writer = new StreamWriter(plan.CreateEntry("tfplan").Open()))
            writer.Write(string.Concat(Enumerable.Repeat($"{Secret} ", 100)));

        Assert.Equal([("changes.plan", false), ("changes.plan!tfplan", true)], Search.Below(folder.Path));
    }

    [Fact]
    public void A_file_that_others_write_to_is_read_and_one_that_is_left_out_is_not()
    {
        using var folder = new TemporaryFolder();
        var open = folder.File("open.log", string.Empty);
        using var writer = new FileStream(open, FileMode.Append, FileAccess.Write, FileShare.Read);
        writer.Write("another-one"u8);
        writer.Flush();
        var held = folder.File("lock", Secret);

        Assert.Equal([("open.log", true)], Search.Below(folder.Path, held));
    }
}
