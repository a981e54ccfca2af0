using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Stack.Images.Registries;

namespace Verification.Stack.Images.Sources;

/// <summary>The ways to the image of a component, in the order in which they are tried, and what to do where none leads there.</summary>
internal sealed record SourceList(IReadOnlyList<IImageSource> Sources, string Advice)
{
    /// <summary>The name that the user gave it; null where he gave none.</summary>
    public ImageName? Named { get; init; }
}

/// <summary>Knows those ways for each component.</summary>
internal sealed partial class SourceLists(VersionList versions, ImageOverrides overrides, Workshop workshop, RegistryPuller registry)
{
    /// <summary>The ways to a component's image.</summary>
    /// <param name="component">The component.</param>
    /// <param name="here">The image of another component, if it is on the engine.</param>
    /// <param name="coming">The image of another component, wherever it must come from.</param>
    public SourceList Of(
        string component,
        Func<string, CancellationToken, Task<ComponentImage?>> here,
        Func<string, CancellationToken, Task<ComponentImage>> coming
    )
    {
        return NamedFor(component) is { } named ? Named(component, ImageName.Parse(named))
            : ServiceOf(component) is { } service ? OfService(component, service, here, coming)
            : OfComponent(component, versions.Components[component]);
    }

    /// <summary>The project that a component is built from; null for what is not built from one.</summary>
    /// <exception cref="ImageException">There is no such project.</exception>
    public string? ProjectOf(string component) =>
        NamedFor(component) is not null ? null
        : ServiceOf(component) is { } service ? service.Project
        : versions.Components[component].Recipe is { } recipe ? Recipe.Read(workshop.Root, recipe).Project
        : null;

    private string? NamedFor(string component) =>
        overrides.Images.TryGetValue(component, out var chosen) && !ServiceImages.IsBuilt(chosen) ? chosen : null;

    /// <summary>What a service is made of here: the project that the user named, else that of <c>config/versions.yaml</c>; null for what is
    /// no service.</summary>
    private ServiceEntry? ServiceOf(string component)
    {
        var chosen = overrides.Images.GetValueOrDefault(component);
        if (!versions.Services.TryGetValue(component, out var service))
            return chosen is null
                ? null
                : throw new ImageException(component, [$"'{chosen}': only services are built from projects"], "Name an image.");
        if (chosen?.StartsWith(ServiceImages.BuildOf, StringComparison.Ordinal) != true)
            return service;
        var project = chosen[ServiceImages.BuildOf.Length..];
        if (
            Path.IsPathRooted(project)
            || !project.EndsWith(".csproj", StringComparison.Ordinal)
            || !File.Exists(Path.Combine(workshop.Root.Path, project))
        )
            throw new ImageException(
                component,
                [$"'{chosen}': {workshop.Root.Path} holds no such project"],
                $"Name a .csproj by its path from there, as in {ServiceImages.BuildOf}{service.Project}."
            );
        return service with { Project = project };
    }

    /// <summary>What a user named: a tag is asked for, as it may have moved; a digest is what it is.</summary>
    private SourceList Named(string component, ImageName name)
    {
        const string Source = "named by the user";
        var official =
            versions.Components.TryGetValue(component, out var entry) && entry.Image is { } image ? ImageName.Parse(image) : null;
        var caveat = official is null || official.AsksForSameAs(name) ? null : $"named in place of {official}";
        var asked = new FromRegistry(workshop.Images, registry, component, name, Source, step => workshop.Say(component, step))
        {
            Caveat = caveat,
        };
        OnEngine There(ImageName reference) => new(workshop.Images, component, reference, Source) { Caveat = caveat };
        IReadOnlyList<IImageSource> sources = NeverMoves(name)
            ? [There(name), .. registry.Choice.Digested(name).Select(There), asked]
            : [asked, new OnEngine(workshop.Images, component, name, Source) { Caveat = caveat, InPlaceOfRegistry = true }];
        return new SourceList(
            sources,
            "Check the name, run docker login where its registry asks who you are, or load the image into the engine."
        )
        {
            Named = name,
        };
    }

    private SourceList OfService(
        string component,
        ServiceEntry service,
        Func<string, CancellationToken, Task<ComponentImage?>> here,
        Func<string, CancellationToken, Task<ComponentImage>> coming
    )
    {
        var there = new OnEngine(
            workshop.Images,
            component,
            async ct =>
                await here(service.Base, ct).ConfigureAwait(false) is { } basis ? workshop.Tags.Of(service, component, basis.Digest) : null,
            $"{service.Project}, made earlier"
        )
        {
            Caveat = $"built from {service.Project}, no released image",
        };
        return new SourceList(
            [there, new FromProject(workshop, service, component, ct => coming(service.Base, ct), there)],
            "Repair what the compiler or the engine names in services/ or images/, or name an image of your own."
        );
    }

    private SourceList OfComponent(string component, VersionEntry entry)
    {
        const string Source = "official image";
        if (entry.Image is null)
            return OfOwn(component, Recipe.Read(workshop.Root, entry.Recipe!));
        var official = ImageName.Parse(entry.Image);
        IImageSource[] pulled =
        [
            new FromRegistry(workshop.Images, registry, component, official, Source, step => workshop.Say(component, step))
            {
                Version = entry.Version,
            },
            new OnEngine(workshop.Images, component, official, $"{Source}, pulled earlier")
            {
                Version = entry.Version,
                InPlaceOfRegistry = true,
            },
        ];
        if (entry.Recipe is null)
            return new SourceList(
                pulled,
                $"There is no recipe for it: make {official} available to the engine, or name a registry in {RegistryChoice.Variable}."
            );

        var recipe = Recipe.Read(workshop.Root, entry.Recipe);
        var tag = workshop.Tags.Of(recipe);
        var there = new OnEngine(workshop.Images, component, tag, $"images/{recipe.Name}, made earlier")
        {
            Caveat = $"made from images/{recipe.Name} in place of {official}",
        };
        return new SourceList(
            [there, .. pulled, new FromRecipe(workshop, recipe, tag, there, component)],
            $"Pull {official} on a machine that reaches a registry and load it here, name a mirror in {RegistryChoice.Variable}, or run on Debian with a mirror in apt's sources."
        );
    }

    /// <summary>What nobody else makes: production has it from the same recipe.</summary>
    private SourceList OfOwn(string component, Recipe recipe)
    {
        var tag = workshop.Tags.Of(recipe);
        var there = new OnEngine(workshop.Images, component, tag, $"images/{recipe.Name}, made earlier");
        return new SourceList(
            [there, new FromRecipe(workshop, recipe, tag, there, component)],
            "No registry has it: load it into the engine, or run on Debian with a mirror in apt's sources."
        );
    }

    /// <summary>Whether a name stands for one content for ever: a digest, an id of the engine, a tag made of the content.</summary>
    private static bool NeverMoves(ImageName name) =>
        name.Digest is not null || ContentTags.IsOne(name) || EngineId().IsMatch(name.ToString());

    [GeneratedRegex(
        "^(sha256:)?[0-9a-f]{12,64}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EngineId();
}
