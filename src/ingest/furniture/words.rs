//! The words by which lines of sites are told. They are lists and nothing else; all are in lower case and simplified characters.

/// The names of controls, as they stand alone on a line.
#[rustfmt::skip]
pub(super) const CONTROLS: &[&str] = &[
    // Chinese
    "下载", "打印", "打印本页", "打印本稿", "打印此页", "打印文章", "关闭", "关闭窗口", "关闭本页", "返回", "返回顶部", "返回列表", "返回首页", "收藏", "分享", "分享到",
    "转发", "复制链接", "加大", "减小", "放大", "缩小", "还原", "字体", "字号", "大", "中", "小", "默认", "繁体", "简体", "首页", "上一篇", "下一篇", "上一页", "下一页",
    "更多", "扫一扫", "微信", "微博", "纠错", "我要纠错", "语音播报", "无障碍", "无障碍浏览", "播放", "暂停", "网站地图", "联系我们", "点击下载", "下载附件", "附件下载", "全文下载",
    "相关阅读", "相关链接", "相关新闻", "相关报道", "相关文章", "相关稿件", "推荐阅读", "延伸阅读", "责任编辑",
    // English
    "print", "print page", "print this page", "print this", "printer friendly version", "printer-friendly version", "download", "download pdf", "download as pdf",
    "share", "share this", "share this page", "share on facebook", "share on twitter", "tweet", "email", "e-mail", "email this", "facebook", "twitter", "x", "linkedin",
    "whatsapp", "telegram", "copy link", "back", "back to top", "back to list", "back to speeches", "go back", "top", "top of page", "home", "homepage", "menu",
    "main menu", "search", "site map", "sitemap", "contact", "contact us", "contacts", "about us", "log in", "login", "sign in", "subscribe", "follow us", "read more",
    "next", "previous", "next page", "previous page", "skip to content", "skip to main content", "skip navigation", "quick links", "related links", "related content",
    "related", "related news", "related articles", "see also", "accessibility", "privacy", "privacy policy", "terms of use", "disclaimer", "cookies", "play", "pause",
    "listen", "watch", "watch video", "view pdf", "pdf", "close", "font size", "text size", "save", "bookmark", "toggle navigation", "loading", "rss", "feedback", "help",
    "advertisement",
    // French
    "imprimer", "imprimer la page", "télécharger", "télécharger le pdf", "partager", "partager la page", "retour", "retour à la liste", "accueil", "haut de page",
    "retour en haut", "lire la suite", "plan du site", "mentions légales", "s'abonner", "suivez-nous", "rechercher", "fermer", "accessibilité", "à lire aussi",
    "voir aussi", "nous contacter", "envoyer par courriel",
    // Spanish
    "imprimir", "descargar", "descargar pdf", "compartir", "volver", "volver arriba", "inicio", "leer más", "mapa del sitio", "contacto", "aviso legal", "suscríbete",
    "buscar", "cerrar", "accesibilidad", "ver más", "enviar por correo", "siguiente", "anterior", "noticias relacionadas", "síguenos",
    // Portuguese
    "baixar", "baixar pdf", "compartilhar", "partilhar", "voltar", "voltar ao topo", "início", "página inicial", "leia mais", "leia também", "mapa do site",
    "contato", "contacto", "acessibilidade", "fechar", "próximo", "tamanho da letra", "enviar por e-mail", "pesquisar",
    // Russian
    "печать", "распечатать", "версия для печати", "скачать", "скачать pdf", "поделиться", "назад", "наверх", "главная", "на главную", "подписаться", "читать далее",
    "карта сайта", "контакты", "поиск", "меню", "вернуться", "закрыть", "следующая", "предыдущая", "смотрите также",
    // German
    "drucken", "seite drucken", "herunterladen", "teilen", "seite teilen", "zurück", "zurück zur übersicht", "nach oben", "zum seitenanfang", "startseite", "impressum",
    "datenschutz", "weiterlesen", "mehr lesen", "kontakt", "suche", "schließen", "merken", "barrierefreiheit", "video überspringen", "weitere informationen",
    // Italian
    "stampa", "scarica", "condividi", "indietro", "torna su", "torna indietro", "cerca", "leggi tutto", "mappa del sito", "contatti", "chiudi",
    // Arabic
    "طباعة", "تحميل", "مشاركة", "شارك", "العودة", "رجوع", "الرئيسية", "الصفحة الرئيسية", "اتصل بنا", "خريطة الموقع", "بحث", "القائمة", "اقرأ المزيد", "إغلاق",
];

/// Controls that a site sets side by side with blanks between them.
pub(super) const CONTROLS_IN_A_RUN: &[&str] = &["大", "中", "小", "字号", "字体", "打印", "关闭", "收藏", "分享"];

/// What begins a line that leads to a recording or a file.
#[rustfmt::skip]
pub(super) const MEDIA_VERBS: &[&str] = &[
    "watch", "listen", "view", "download", "see", "read", "click", "écouter", "écoutez", "regarder", "regardez", "voir", "télécharger", "téléchargez", "lire",
    "ver", "vea", "escuchar", "escuche", "descargar", "descargue", "mire", "ouça", "assista", "veja", "baixe", "leia", "confira", "смотреть", "смотрите",
    "слушать", "скачать", "ansehen", "anhören", "herunterladen", "video", "audio", "guarda", "ascolta", "scarica", "شاهد", "استمع", "تحميل", "点击", "观看",
    "收听", "下载", "视频", "音频",
];

/// What such a line leads to.
#[rustfmt::skip]
pub(super) const MEDIA: &[&str] = &[
    "video", "vídeo", "vidéo", "audio", "áudio", "íntegra", "recording", "webcast", "podcast", "livestream", "live stream", "photo gallery", "transcript", "pdf",
    "enregistrement", "grabación", "gravação", "видео", "аудио", "запись", "aufzeichnung", "videomitschnitt", "registrazione", "فيديو", "الفيديو", "视频", "音频", "直播",
    "附件", "图集", "full text here", "texte intégral", "texto completo",
];

/// What a number of visitors is called.
#[rustfmt::skip]
pub(super) const VISITS: &[&str] = &[
    "views", "view", "hits", "reads", "visits", "downloads", "shares", "comments", "vues", "lectures", "vistas", "visitas", "lecturas", "visualizações", "acessos",
    "просмотров", "просмотра", "просмотры", "aufrufe", "dibaca", "lihat", "visualizzazioni", "مشاهدة", "مشاهدات", "浏览", "浏览次数", "浏览量", "阅读", "阅读次数", "阅读量",
    "点击", "点击数", "点击量", "访问量", "访问次数",
];

/// Labels under which sites sort their texts.
#[rustfmt::skip]
pub(super) const CATEGORY_LABELS: &[&str] = &[
    "category", "categories", "tags", "tag", "tagged", "tagged in", "filed under", "posted in", "keywords", "catégorie", "catégories", "mots-clés", "mots clés",
    "étiquettes", "categoría", "categorías", "etiquetas", "categoria", "categorias", "palavras-chave", "palabras clave", "kategorie", "schlagworte", "schlagwörter",
    "рубрика", "рубрики", "теги", "метки", "категория", "kategori", "etichette", "تصنيف", "الوسوم", "分类", "标签", "栏目", "关键词", "关键字",
];

/// Labels before a source.
#[rustfmt::skip]
pub(super) const SOURCE_LABELS: &[&str] = &[
    "source", "sources", "fuente", "fonte", "quelle", "источник", "المصدر", "来源", "出处", "原文", "资料来源", "via", "available at", "retrieved from", "original",
    "disponible", "disponível", "http", "www.",
];

/// The names of licences.
#[rustfmt::skip]
pub(super) const LICENCES: &[&str] = &[
    "public domain", "creative commons", "cc0", "cc by", "cc-by", "copyright", "all rights reserved", "open government licence", "domaine public", "tous droits réservés",
    "dominio público", "domínio público", "todos los derechos reservados", "todos os direitos reservados", "общественное достояние", "все права защищены", "gemeinfrei",
    "alle rechte vorbehalten", "公有领域", "知识共享", "版权所有", "ملكية عامة", "جميع الحقوق محفوظة",
];

/// Words of a line that speaks of the rights in a text.
#[rustfmt::skip]
pub(super) const RIGHTS: &[&str] = &[
    "public domain", "copyright", "creative commons", "domaine public", "droit d'auteur", "droits d'auteur", "dominio público", "domínio público", "derechos de autor",
    "direitos autorais", "авторск", "общественное достояние", "urheberrecht", "gemeinfrei", "公有领域", "著作权", "版权", "知识共享", "حقوق",
];

/// Words by which a site asks its readers to subscribe, to follow or to give.
#[rustfmt::skip]
pub(super) const INVITATIONS: &[&str] = &[
    "subscribe to our", "subscribe to the newsletter", "subscribe now", "subscribe here", "newsletter", "sign up for", "sign up to", "follow us on", "support our work",
    "abonnez-vous", "suivez-nous sur", "infolettre", "suscríbase", "suscríbete", "síguenos", "síganos en", "inscreva-se", "assine a nossa", "assine nossa", "siga-nos",
    "подпишитесь", "подписывайтесь", "newsletter abonnieren", "folgen sie uns", "iscriviti alla", "seguici su", "اشترك في النشرة", "تابعنا على",
    "订户", "订阅", "公众号", "扫码", "二维码", "月费", "加入会员",
];

/// Words of a line that leads to other pages, where nothing follows it.
#[rustfmt::skip]
pub(super) const LEADS_TO_OTHERS: &[&str] = &[
    "相关", "推荐", "延伸", "更多", "附件", "related", "see also", "further", "more on", "more information", "links", "attachment", "voir aussi", "à lire", "documents",
    "en savoir plus", "más información", "ver también", "relacionad", "veja também", "leia também", "mais informações", "см. также", "по теме", "читайте также", "weitere",
    "mehr zum thema", "siehe auch", "اقرأ أيضا", "روابط",
];
/// Marks of an end.
pub(super) const END_MARKS: &[&str] = &[
    "end",
    "ends",
    "the end",
    "end of text",
    "fin",
    "ende",
    "конец",
    "fim",
    "fine",
    "完",
    "全文完",
    "النهاية",
];

/// Words of thanks.
#[rustfmt::skip]
pub(super) const THANKS: &[&str] = &[
    "thank", "merci", "remercie", "gracias", "obrigad", "спасибо", "благодар", "شكرا", "danke", "dank", "grazie", "ringrazi", "谢谢", "感谢", "多谢", "tack", "terima kasih",
];
