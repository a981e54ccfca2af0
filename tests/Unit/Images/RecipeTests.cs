using Verification.Stack;
using Verification.Stack.Images;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class RecipeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recipe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_recipe_holds_what_it_includes_and_its_own()
    {
        Write("base", "suite sid\nbash # a shell\nomit usr/share/doc/*\n");
        Write("redis", "include base\nsoftware redis-server\nredis-server\nalone util-linux\nwithout perl\n");

        var recipe = Recipe.Read(new ProjectRoot(folder), "redis");

        Assert.Equal("sid", recipe.Suite);
        Assert.Equal(["bash", "redis-server"], recipe.Packages);
        Assert.Equal(["util-linux"], recipe.Alone);
        Assert.Equal(["perl"], recipe.Without);
        Assert.True(recipe.Omits("usr/share/doc/bash/copyright"));
        Assert.False(recipe.Omits("usr/share/documents"));
    }

    [Fact]
    public void A_line_that_means_nothing_is_named_with_file_and_line()
    {
        Write("redis", "suite sid\nredis server\n");

        var error = Assert.Throws<FormatException>(() => Recipe.Read(new ProjectRoot(folder), "redis"));

        Assert.Contains("packages(2): 'redis server'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_without_a_suite_is_refused()
    {
        Write("redis", "redis-server\n");

        Assert.Contains("no suite", Assert.Throws<FormatException>(() => Recipe.Read(new ProjectRoot(folder), "redis")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis")]
    [InlineData("artemis")]
    [InlineData("classic")]
    [InlineData("aspnet")]
    [InlineData("dashboard")]
    [InlineData("server")]
    public void Each_recipe_of_the_checkout_can_be_read(string name) => Assert.NotEmpty(Recipe.Read(ProjectRoot.Find(), name).Folders);

    [Theory]
    [InlineData("mysql", "docker-entrypoint.sh")]
    [InlineData("redis", "docker-entrypoint.sh")]
    [InlineData("artemis", "docker-entrypoint.sh")]
    [InlineData("artemis", "prepare-broker")]
    [InlineData("classic", "docker-entrypoint.sh")]
    [InlineData("classic", "prepare-broker")]
    public void The_programs_that_a_Dockerfile_calls_are_in_the_checkout(string recipe, string program)
    {
        var folderOfRecipe = Path.Combine(ProjectRoot.Find().Images, recipe);

        Assert.Contains(program, File.ReadAllText(Path.Combine(folderOfRecipe, "Dockerfile")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folderOfRecipe, "files", "usr", "local", "bin", program)), $"{program} of {recipe} is missing; is it ignored by git?");
    }

    private void Write(string recipe, string packages)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, "images", recipe)).FullName;
        File.WriteAllText(Path.Combine(into, "packages"), packages);
        File.WriteAllText(Path.Combine(into, "Dockerfile"), "FROM scratch\n");
    }
}
