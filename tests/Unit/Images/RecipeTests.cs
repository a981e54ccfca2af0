using Verification.Stack;
using Verification.Stack.Components.Artemis;
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
    public void The_suite_that_a_recipe_names_is_that_of_what_it_includes_too()
    {
        Write("base", "suite sid\nbash\n");
        Write("above", "suite bookworm\ninclude base\n");
        Write("below", "include base\nsuite bookworm\n");
        Write("same", "include base\n");

        Assert.Equal("bookworm", Recipe.Read(new ProjectRoot(folder), "above").Suite);
        Assert.Equal("bookworm", Recipe.Read(new ProjectRoot(folder), "below").Suite);
        Assert.Equal("sid", Recipe.Read(new ProjectRoot(folder), "same").Suite);
        Assert.Equal(["bash"], Recipe.Read(new ProjectRoot(folder), "above").Packages);
    }

    [Fact]
    public void Two_suites_between_which_nobody_decides_are_refused()
    {
        Write("base", "suite sid\n");
        Write("old", "suite bookworm\n");
        Write("both", "include base\ninclude old\n");
        Write("twice", "suite sid\nsuite bookworm\n");

        Assert.Contains("different suites (sid, bookworm)", Refusal("both"), StringComparison.Ordinal);
        Assert.Contains("packages(2): 'suite bookworm'", Refusal("twice"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_recipe_leaves_out_is_left_out_of_one_that_includes_it_whole_only_if_that_says_so_itself()
    {
        Write("base", "suite sid\nbash\nwithout perl\nomit usr/share/doc/*\n");
        Write("jre", "include base\nomit usr/lib/jvm/*\n");
        Write("usual", "include jre\n");
        Write("whole", "include jre whole\nomit usr/games/*\nwithout adduser\n");

        var (usual, whole) = (Recipe.Read(new ProjectRoot(folder), "usual"), Recipe.Read(new ProjectRoot(folder), "whole"));

        Assert.True(usual.Omits("usr/share/doc/a") && usual.Omits("usr/lib/jvm/a"));
        Assert.False(whole.Omits("usr/share/doc/a") || whole.Omits("usr/lib/jvm/a"));
        Assert.True(whole.Omits("usr/games/a"));
        Assert.Equal(["perl"], usual.Without);
        Assert.Equal(["adduser"], whole.Without);
        Assert.Equal(["bash"], whole.Packages);
    }

    [Fact]
    public void A_package_that_a_recipe_names_is_in_it_whatever_it_includes_does_without()
    {
        Write("base", "suite sid\nwithout perl\nwithout debconf\nwithout mawk\n");
        Write("ruby", "include base\nperl\nalone debconf\n");

        Assert.Equal(["mawk"], Recipe.Read(new ProjectRoot(folder), "ruby").Without);
    }

    [Fact]
    public void A_program_of_another_content_gives_the_image_another_name()
    {
        string NameWith(string sha256)
        {
            Write("proxy", $"suite bookworm\nprogram toxiproxy-server {sha256} usr/local/bin/toxiproxy-server\n");
            var root = new ProjectRoot(folder);
            return new ContentTags(root).Of(Recipe.Read(root, "proxy")).OnEngine;
        }

        Assert.Equal(NameWith("aa"), NameWith("aa"));
        Assert.NotEqual(NameWith("aa"), NameWith("bb"));
        Assert.StartsWith("verification/proxy:", NameWith("aa"), StringComparison.Ordinal);
        Assert.Equal(
            new RecipeProgram("toxiproxy-server", "aa", "usr/local/bin/toxiproxy-server"),
            Assert.Single(Recipe.Read(new ProjectRoot(folder), "proxy").Programs) with
            {
                Sha256 = "aa",
            }
        );
    }

    [Fact]
    public void Another_source_of_its_project_gives_the_image_another_name_and_what_building_it_makes_does_not()
    {
        Write("proof", "suite sid\nproject src/Proof/Proof.csproj\n");
        var root = new ProjectRoot(folder);
        string NameWith(string file, string content)
        {
            var path = Path.Combine(folder, "src", "Proof", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
            return new ContentTags(root).Of(Recipe.Read(root, "proof")).OnEngine;
        }

        var before = NameWith("Proof.csproj", "<Project />");

        Assert.Equal("src/Proof/Proof.csproj", Recipe.Read(root, "proof").Project);
        Assert.Equal(before, NameWith("obj/made.cs", "made"));
        Assert.NotEqual(before, NameWith("Program.cs", "return 0;"));
        Assert.Contains(Path.Combine(folder, "src", "Proof"), new ContentTags(root).SourcesOf(Recipe.Read(root, "proof")));
    }

    [Theory]
    [InlineData("Server/Program.cs", "", true)]
    [InlineData("Shared/Host.cs", "", true)]
    [InlineData("Directory.Build.props", "", true)]
    [InlineData("obj/made.cs", "", false)]
    [InlineData("Server/obj/made.cs", "", false)]
    [InlineData("Dashboard/Program.cs", "", false)]
    [InlineData("Dashboard/Program.cs", """<Compile Include="../Dashboard/Program.cs" />""", true)]
    [InlineData("Dashboard/Program.cs", """<Compile Include="..\**\*.cs" />""", true)]
    [InlineData("Dashboard/Program.cs", """<ProjectReference Include="../Dashboard/Dashboard.csproj" />""", true)]
    public void A_service_is_made_of_its_project_and_what_lies_beside_it_without_other_services(string changed, string names, bool counts)
    {
        Write("server", "suite sid\n");
        var root = new ProjectRoot(folder);
        string NameWith(string file, string content)
        {
            var path = Path.Combine(folder, "services", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
            var service = new ServiceEntry { Project = "services/Server/Server.csproj", Recipe = "server" };
            return new ContentTags(root).Of(service, "server", "sha256:basis").OnEngine;
        }

        File.WriteAllText(
            Directory.CreateDirectory(Path.Combine(folder, "services", "Dashboard")).FullName + "/Dashboard.csproj",
            "<Project />"
        );
        var before = NameWith("Server/Server.csproj", $"<Project><ItemGroup>{names}</ItemGroup></Project>");

        Assert.Equal(counts, before != NameWith(changed, "return 0;"));
    }

    [Theory]
    [InlineData("project src/Proof")]
    [InlineData("program toxiproxy-server abc")]
    [InlineData("program toxiproxy-server abc /usr/bin/toxiproxy-server")]
    [InlineData("include base half")]
    [InlineData("archive A abc")]
    public void A_line_that_lacks_something_is_named(string line)
    {
        Write("redis", $"suite sid\n{line}\n");

        Assert.Contains($"packages(2): '{line}' is no line of a recipe", Refusal("redis"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_without_a_suite_is_refused()
    {
        Write("redis", "redis-server\n");

        Assert.Contains(
            "no suite",
            Assert.Throws<FormatException>(() => Recipe.Read(new ProjectRoot(folder), "redis")).Message,
            StringComparison.Ordinal
        );
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
        Assert.True(
            File.Exists(Path.Combine(folderOfRecipe, "files", "usr", "local", "bin", program)),
            $"{program} of {recipe} is missing; is it ignored by git?"
        );
    }

    /// <summary>The image, the chart that has it loaded, and the stacks of containers name the same places.</summary>
    [Fact]
    public void The_broker_has_the_agent_that_the_chart_loads()
    {
        var root = ProjectRoot.Find();
        var agent = Assert.Single(Recipe.Read(root, "artemis").Programs);

        Assert.Equal((JmxExporter.JarFile, JmxExporter.AgentFile), (agent.Name, $"/{agent.Target}"));
        Assert.Equal(VersionList.Read(root).Tools[JmxExporter.JarFile].Sha256, agent.Sha256);
        Assert.Contains(
            $"LABEL {JmxExporter.ImageLabel}={JmxExporter.AgentFile}\n",
            File.ReadAllText(Path.Combine(root.Images, "artemis", "Dockerfile")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"\"-javaagent:{JmxExporter.AgentFile}={JmxExporter.Port}:/etc/jmx-exporter/config.yaml\"",
            File.ReadAllText(Path.Combine(root.Path, "charts", "artemis", "templates", "broker.yaml")),
            StringComparison.Ordinal
        );
    }

    private string Refusal(string recipe) => Assert.Throws<FormatException>(() => Recipe.Read(new ProjectRoot(folder), recipe)).Message;

    private void Write(string recipe, string packages)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, "images", recipe)).FullName;
        File.WriteAllText(Path.Combine(into, "packages"), packages);
        File.WriteAllText(Path.Combine(into, "Dockerfile"), "FROM scratch\n");
    }
}
