using Verification.Stack.Images;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ContentHashTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hash-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_changed_program_in_a_recipe_changes_its_hash_even_below_a_folder_named_bin()
    {
        var before = OfFolder("usr/local/bin/entrypoint", "one");
        var after = OfFolder("usr/local/bin/entrypoint", "two");

        Assert.NotEqual(before, after);
    }

    [Fact]
    public void What_building_a_project_makes_does_not_change_its_hash()
    {
        Write("Program.cs", "source");
        var before = OfProject();
        Write("bin/Server.dll", "product");
        Write("obj/project.assets.json", "product");

        Assert.Equal(before, OfProject());
        Write("Program.cs", "other");
        Assert.NotEqual(before, OfProject());
    }

    private string OfFolder(string path, string content)
    {
        Write(path, content);
        using var hash = new ContentHash();
        return hash.AddFolder(folder, folder).Digits();
    }

    private string OfProject()
    {
        using var hash = new ContentHash();
        return hash.AddProject(folder, folder).Digits();
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
